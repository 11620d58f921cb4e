"""
Tables of figures out of files: the standard table of a report, or the portal's own export.

A file becomes a Sheet (files, workbooks, texts), the sheet a Table whose columns are recognised
by their headings (headings, tables), its rows statements about figures (numbers, rows), those a
Plan of what would change (plans), and a plan that was confirmed is stored (resource).
"""
