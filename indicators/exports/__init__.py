"""
The pages' figures as files for other programs and people: CSV, XLSX, JSON.

``columns`` says what is told of a figure, ``content`` puts it together, the ``*_file`` modules
write the formats, ``csvw`` and ``schema.json`` describe them, ``answers`` sends them.
"""
