"""
The front door: finished public pages answered before anything else runs.

A public page is the same for everybody (``portal.caching.public_page``). It is rendered once for
nobody in particular and kept until something it was made of changes.

- ``keys``: which requests may be answered so, and with which page.
- ``pages``: a finished page as bytes, in each encoding.
- ``memory``: those a process holds.
- ``dependencies``: what a page was made of.
- ``rendering``: a page made for nobody in particular.
- ``door``: kept, rendered once for all who wait, or passed on.
- ``snapshots``: pages on disk, for the time the database is away.
"""
