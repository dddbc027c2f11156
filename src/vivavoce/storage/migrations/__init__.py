"""Steps from one schema to the next, run when a store is opened."""

REVISIONS = ("0001",)
"""Every revision, oldest first. The last is what this program works with. Kept here so that opening an up-to-date
database need not load Alembic; a test holds it to `versions/`."""

HEAD = REVISIONS[-1]
