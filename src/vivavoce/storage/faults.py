"""What a database says went wrong, to an error of ours that says what to do about it."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from vivavoce.domain.errors import (
    StorageBusyError,
    StorageCorruptError,
    StorageError,
    StorageReadOnlyError,
)

_BUSY_STATES = {"55P03", "40001", "40P01"}  # lock not available, serialization failure, deadlock
_DAMAGED_STATES = {"XX001", "XX002"}
_FULL_OR_READ_ONLY_STATES = {"53100", "25006"}  # disk full, read-only transaction

_ROOM_BYTES = 128 * 1024


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Raises a `StorageError` kind that names `place` for whatever the database or its driver raises inside."""
    try:
        yield
    except DBAPIError as error:
        raise explain(error.orig or error, place) from error
    except PoolTimeoutError as error:
        raise StorageBusyError(f"{place}: every connection was in use for too long; try again in a moment") from error
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        raise explain(error, place) from error


def explain(error: BaseException, place: str) -> StorageError:
    """The error of ours for one of a driver."""
    if isinstance(error, sqlite3.Error):
        return _explain_sqlite(error, place)
    if isinstance(error, OSError):
        return _explain_os(error, place)
    state = getattr(error, "sqlstate", None)
    said = " ".join(str(error).split())
    if state in _BUSY_STATES:
        return StorageBusyError(f"{place}: locked by another program ({said}); try again in a moment")
    if state in _DAMAGED_STATES:
        return StorageCorruptError(f"{place}: the database is damaged ({said}); restore the newest backup")
    if state in _FULL_OR_READ_ONLY_STATES:
        return StorageReadOnlyError(f"{place}: nothing can be written ({said}); free space or make it writable")
    return StorageError(f"{place}: {said}")


def damaged(place: str, found: str) -> StorageCorruptError:
    """The error for a file that is no intact database of ours."""
    return StorageCorruptError(
        f"{place}: damaged or no database ({found}). Move the file away, put the newest backup in its place "
        f"(a file ending in .bak beside it, or your own), or start afresh and run `viva import` on your last export."
    )


def _explain_sqlite(error: sqlite3.Error, place: str) -> StorageError:
    # Python's own errors (such as an unsupported type) carry no code.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return StorageBusyError(
            f"{place}: locked by another program for more than five seconds; close that program or try again"
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(place, str(error))
    # A full disk shows as a failed one where the log's index could not grow.
    if code == sqlite3.SQLITE_FULL or (code == sqlite3.SQLITE_IOERR and _has_no_room(place)):
        return StorageReadOnlyError(f"{place}: the disk is full, nothing was written; free some space and try again")
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
        return StorageReadOnlyError(
            f"{place}: cannot be written ({error}), nothing was; make the file and its folder writable "
            f"for you, or choose another place for the database"
        )
    if code == sqlite3.SQLITE_IOERR:
        return StorageError(
            f"{place}: the disk failed ({error}), nothing was written; check the disk and its free space"
        )
    return StorageError(f"{place}: {error}")


def _has_no_room(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).parent).free < _ROOM_BYTES
    except OSError:
        return False


def _explain_os(error: OSError, place: str) -> StorageError:
    reason = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageReadOnlyError(f"{place}: the disk is full ({reason}); free some space and try again")
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return StorageReadOnlyError(
            f"{place}: cannot be written ({reason}); make the file and its folder writable for you, "
            f"or choose another place for the database"
        )
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return StorageError(f"{place}: a file is in the way where a folder is needed ({reason}); choose another path")
    return StorageError(f"{place}: {reason}")
