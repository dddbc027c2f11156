"""Bring a database to the schema of this program, or refuse it with nothing changed."""

from __future__ import annotations

import threading
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from vivavoce.domain.errors import StorageError, StorageNewerError
from vivavoce.storage.database import WRITE, Database
from vivavoce.storage.faults import explained
from vivavoce.storage.files import back_up, turn_wal_on
from vivavoce.storage.migrations import HEAD, REVISIONS

_SERVER_LOCK = 0x76697661
"""Key of PostgreSQL's advisory lock: one program migrates, the others wait and find it done."""

SCRIPTS = Path(__file__).parent / "migrations"

_one_at_a_time = threading.Lock()  # Alembic's context is a global of its module


def bring_up_to_date(database: Database) -> str | None:
    """Migrate to `HEAD` in one transaction; the revision found before, None for a new database.

    An existing older SQLite file is copied first. Raises `StorageNewerError` for a revision that is not ours,
    `StorageError` for a database of another program.
    """
    with database.reading() as connection:
        found = _revision(connection, database.place)
    if database.file is not None:
        turn_wal_on(database.file)  # only now: a file that is refused stays as it was
    if found == HEAD:
        # What cannot be written is found now, not at the first answer. Beginning a transaction is not enough: on a
        # read-only file SQLite begins one that only reads.
        with database.writing() as connection:
            connection.execute(text("DELETE FROM drafts WHERE 1 = 0"))
        return found
    with _one_at_a_time:
        return _migrate(database)


def revision(database: Database) -> str:
    """The revision that the database has."""
    with database.reading() as connection:
        return _revision(connection, database.place) or ""


def _migrate(database: Database) -> str | None:
    if database.file is None:
        with database.writing() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _SERVER_LOCK})
            return _upgrade(connection, database)
    # SQLite changes a table by building a new one and dropping the old, to which others refer meanwhile. The switch
    # does nothing inside a transaction, and the connection is not to be used for anything else afterwards.
    with explained(database.place), database.engine.connect() as plain:
        driver = plain.connection.driver_connection
        if driver is None:
            raise StorageError(f"{database.place}: the connection was lost")
        driver.execute("PRAGMA foreign_keys = OFF")
        plain.detach()
        connection = plain.execution_options(**{WRITE: True})
        with connection.begin():
            found = _upgrade(connection, database)
            dangling = connection.execute(text("PRAGMA foreign_key_check")).first()
            if dangling is not None:
                raise StorageError(f"{database.place}: migration to {HEAD} would leave a row without what it refers to")
        return found


def _upgrade(connection: Connection, database: Database) -> str | None:
    found = _revision(connection, database.place)  # again: another program may have been first
    if found == HEAD:
        return found
    if found is not None and database.file is not None:
        back_up(database.file, HEAD)
    # 150 ms to load, needed once in the life of a database.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    return found


def _revision(connection: Connection, place: str) -> str | None:
    tables = set(inspect(connection).get_table_names())
    if "alembic_version" not in tables:
        if tables:
            raise StorageError(
                f"{place} is a database of another program (it has a table {min(tables)!r}); nothing was changed. "
                f"Choose another file or database for Vivavoce."
            )
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise StorageNewerError(
            f"{place} was written by a newer Vivavoce: its schema is {found!r}, this one knows up to {HEAD!r}. "
            f"Nothing was changed. Update Vivavoce, or choose another database."
        )
    return found
