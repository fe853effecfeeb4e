"""Registers from a file: columns in Chinese, read and looked at first, then taken in whole or not at all.

Each app says in its own `importing.py` what a line becomes (`plan.Subject`) and in `data/import_*.csv` which columns
there are; the rest is here: reading cells, telling what is wrong by line and column, asking where two records may be
one, saving in a few statements, the pages, the commands and the workbooks to fill in.

Why not django-import-export: it saves row by row (15,000 persons in minutes, not seconds), keeps the upload between
preview and confirmation in plain files, and would be a second reader beside `sheets.py`, which knows bombs and macros.
"""
