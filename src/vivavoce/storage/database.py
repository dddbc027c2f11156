"""A connection pool to one database, with the transactions that durability and concurrency need."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from vivavoce.domain.errors import StorageError
from vivavoce.storage.faults import explained

BUSY_MS = 5_000
"""How long to wait for another program's lock before saying so."""

WRITE = "vivavoce_write"
"""Execution option of a SQLite connection whose transactions take the write lock at once."""

_to_json = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


class Database:
    """An engine and the name that messages use for it. Safe to use from several threads."""

    def __init__(self, engine: Engine, place: str, file: Path | None) -> None:
        self.engine = engine
        self.place = place
        self.file = file
        """The database file; None for a server."""

    @property
    def backend(self) -> str:
        return self.engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout. Raises `StorageError` kinds."""
        options = {} if self.file else {"isolation_level": "REPEATABLE READ"}
        with explained(self.place), self.engine.connect() as plain:
            connection = plain.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction, durable once left and undone when left by an exception. Raises `StorageError` kinds."""
        with explained(self.place), self.engine.connect() as plain:
            connection = plain.execution_options(**{WRITE: True})
            with connection.begin():
                yield connection

    def close(self) -> None:
        with explained(self.place):
            self.engine.dispose()


def sqlite_database(path: Path) -> Database:
    """The database in a file that exists already."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        json_serializer=_to_json,
        pool_size=8,
        max_overflow=32,
        connect_args={"timeout": BUSY_MS / 1000},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(engine, str(path), path)


def server_database(text: str) -> Database:
    """The PostgreSQL database at a URL. Raises `StorageError` for another kind of URL or without the driver."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise StorageError(
            f"{_without_password(text)} is no database URL; write postgresql://user:password@host:5432/database"
        ) from None
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise StorageError(
            f"{url.render_as_string()}: no support for {url.get_backend_name()!r}; "
            f"a file path, sqlite:///path or postgresql://user:password@host:5432/database is expected"
        )
    if find_spec("psycopg") is None:
        raise StorageError(
            f"{url.render_as_string()}: the PostgreSQL driver psycopg is not installed; "
            f'install Vivavoce with its extra "server": pip install "vivavoce[server]"'
        )
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        json_serializer=_to_json,
        pool_size=8,
        max_overflow=32,
        pool_pre_ping=True,  # a restarted server is found before a transaction is lost on it
        connect_args={"connect_timeout": 10, "options": f"-c timezone=UTC -c lock_timeout={BUSY_MS}"},
    )
    return Database(engine, url.render_as_string(), None)


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # The driver's own transactions begin too late and end too early (before DDL): we begin ours.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # FULL: an answer whose submit was confirmed survives a power cut; WAL with NORMAL may lose the last ones.
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA fullfsync = ON")  # macOS: its plain fsync leaves data in the drive's cache
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # A transaction that reads before it writes could meet a lock half-way, where waiting does not help.
    write = connection.get_execution_options().get(WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _without_password(text: str) -> str:
    head, at, tail = text.rpartition("@")
    return f"{head.partition('://')[0]}://***@{tail}" if at else text
