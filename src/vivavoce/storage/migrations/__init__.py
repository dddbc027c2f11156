"""Steps from one schema to the next, run when a store is opened.

To add one: change `tables.py`, write `versions/v<number>_<what>.py`, append its number to `REVISIONS`. On SQLite a
table that is rebuilt (`batch_alter_table`) loses its triggers: make those that keep the log append-only anew in the
same step.
"""

REVISIONS = ("0001", "0002", "0003", "0004")
"""Every revision, oldest first. The last is what this program works with. Kept here so that opening an up-to-date
database need not load Alembic; a test holds it to `versions/`."""

HEAD = REVISIONS[-1]
