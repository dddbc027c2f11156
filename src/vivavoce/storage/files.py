"""The SQLite file: made private to its owner, put into WAL mode, checked, and copied before it is changed."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing
from pathlib import Path

from vivavoce.domain.errors import StorageError
from vivavoce.storage.database import BUSY_MS
from vivavoce.storage.faults import damaged, explained

SMALL_BYTES = 64 * 2**20
"""Below this the whole file is checked at every opening: 45 MB, ten thousand attempts, take 30 ms."""


def prepare(path: Path) -> None:
    """Make folder (0700) and empty file (0600) where missing; check what is there. Raises `StorageError` kinds."""
    with explained(str(path)):
        if path.is_dir():
            raise StorageError(f"{path} is a folder; the path of a database file is expected")
        unclean = _is_unclean(path)
        _make_folder(path.parent)
        _make_file(path)
        if unclean or path.stat().st_size <= SMALL_BYTES:
            with closing(_connect(path)) as connection:
                _check(connection, path)


def turn_wal_on(path: Path) -> None:
    """Let readers and a writer work at once. Stays with the file. Raises `StorageError` kinds."""
    with explained(str(path)), closing(_connect(path)) as connection:
        # Two programs that open a new file at once: the change of mode fails at once instead of waiting for the lock.
        deadline = time.monotonic() + BUSY_MS / 1000
        while True:
            try:
                if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    connection.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                busy = error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
                if not busy or time.monotonic() > deadline:
                    raise
                time.sleep(0.02)


def back_up(path: Path, revision: str) -> Path:
    """A consistent copy of the database beside it, `<name>.before-<revision>.bak`; never over an earlier copy."""
    target = path.with_name(f"{path.name}.before-{revision}.bak")
    number = 2
    while target.exists():
        target = path.with_name(f"{path.name}.before-{revision}.{number}.bak")
        number += 1
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    _make_file(partial)
    try:
        with closing(_connect(path)) as source, closing(_connect(partial)) as copy:
            source.backup(copy)
            # One file that opens anywhere, rather than one that wants a WAL beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
        partial.rename(target)
    finally:
        partial.unlink(missing_ok=True)
    _sync_folder(target.parent)
    return target


def size_bytes(path: Path) -> int:
    """Bytes on disk, the write-ahead log included."""
    log = _log_of(path)
    return path.stat().st_size + (log.stat().st_size if log.exists() else 0)


def _connect(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _is_unclean(path: Path) -> bool:
    # SQLite removes the log when the last connection closes. One that is there was left by a crash or is in use.
    log = _log_of(path)
    return log.exists() and log.stat().st_size > 0


def _make_folder(folder: Path) -> None:
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def _make_file(path: Path) -> None:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # The name of a new file must survive a power cut too. Windows neither needs nor allows it.
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise damaged(str(path), " ".join(str(found).split()))
