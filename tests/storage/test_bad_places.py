"""Every place that cannot hold the log: a clear message of the right kind, and nothing changed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vivavoce.domain.attempt import Attempt, Draft, Grade, Mode
from vivavoce.domain.errors import StorageBusyError, StorageCorruptError, StorageError
from vivavoce.domain.ids import ItemId
from vivavoce.storage import database
from vivavoce.storage.store import SqlStore, open_store

ITEM = ItemId("dropout", "why-scale")
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)


def an_attempt(name: str, words: str = "hello") -> Attempt:
    return Attempt(name, ITEM, "h", Mode.PRACTICE, words, Grade(()), {}, NOON, 1.0)


def filled(path: Path, attempts: int = 50) -> Path:
    store = open_store(path)
    for number in range(attempts):
        store.record(an_attempt(f"a{number}", "words " * 500), None, writer=None)
    store.close()
    return path


# locked
@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SqlStore]:
    """A store whose file another program is writing to."""
    monkeypatch.setattr(database, "BUSY_MS", 100)
    store = open_store(tmp_path / "v.db")
    store.record(an_attempt("a0"), None, writer=None)
    with closing(sqlite3.connect(tmp_path / "v.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield store
        other.execute("ROLLBACK")
        store.record(an_attempt("a2"), None, writer=None)
        assert len(store.attempts()) == 2, "the store did not recover"
    store.close()


def test_a_locked_file_is_busy_by_name_and_nothing_is_written(locked: SqlStore, tmp_path: Path) -> None:
    with pytest.raises(StorageBusyError, match=r"v\.db: locked by another program"):
        locked.record(an_attempt("a1"), None, writer=None)
    assert [r.attempt.id for r in locked.attempts()] == ["a0"]


def test_a_locked_file_can_still_be_read(locked: SqlStore) -> None:
    assert len(locked.attempts()) == 1
    assert len(list(locked.dump())) == 1


def test_a_lock_that_is_given_up_in_time_is_waited_for(tmp_path: Path) -> None:
    store = open_store(tmp_path / "v.db")
    with closing(sqlite3.connect(tmp_path / "v.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        timer = threading.Timer(0.3, lambda: other.execute("ROLLBACK"))
        timer.start()
        assert store.record(an_attempt("a1"), None, writer=None)
        timer.join()
    store.close()


# damaged
def test_a_file_that_is_no_database_is_called_damaged_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "v.db"
    path.write_bytes(b"Dear diary, today I learned about dropout. " * 100)
    before = path.read_bytes()
    with pytest.raises(StorageCorruptError, match=r"v\.db: damaged or no database .*newest backup.*viva import"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("page", [3, 7, 20])
def test_a_page_overwritten_with_noise_is_found_when_opening(tmp_path: Path, page: int) -> None:
    path = filled(tmp_path / "v.db")
    with path.open("r+b") as file:
        file.seek(4096 * page)
        file.write(b"\xff" * 4096)
    with pytest.raises(StorageCorruptError, match="damaged"):
        open_store(path)


def test_a_file_cut_short_is_found_when_opening(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db")
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(StorageCorruptError, match="damaged"):
        open_store(path)


def test_a_row_that_another_hand_changed_is_called_damaged(tmp_path: Path) -> None:
    path = filled(tmp_path / "v.db", attempts=1)
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("DROP TRIGGER attempts_no_update")
        other.execute("UPDATE attempts SET mode = 'guess'")
    store = open_store(path)
    with pytest.raises(StorageCorruptError, match=r"row 'a0' \(attempt\): \"mode\" is 'guess'; one of practice"):
        store.attempts()
    store.close()


def test_the_file_of_another_program_is_refused_and_left_as_it_was_to_the_byte(tmp_path: Path) -> None:
    path = tmp_path / "recipes.db"
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE recipes (id INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StorageError, match=r"recipes\.db is a database of another program .*'recipes'.*nothing was"):
        open_store(path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["recipes.db"]


def test_an_empty_file_is_a_new_database(tmp_path: Path) -> None:
    (tmp_path / "v.db").touch()
    store = open_store(tmp_path / "v.db")
    assert store.info().revision
    store.close()


# not writable; each in a process of its own that may be denied what the tests are not
TRY = """
import sys
from datetime import UTC, datetime
from vivavoce.domain.attempt import Attempt, Grade, Mode
from vivavoce.domain.errors import StorageError
from vivavoce.domain.ids import ItemId
from vivavoce.storage.store import open_store

number = 0
try:
    store = open_store(sys.argv[1])
    start = len(store.attempts())
    while number < 2000:
        attempt = Attempt(f"n{start + number}", ItemId("a", "b"), "h", Mode.PRACTICE, "x" * 9000, Grade(()), {},
                          datetime.now(UTC), 1.0)
        store.record(attempt, None, writer=None)
        number += 1
except StorageError as error:
    print(type(error).__name__, "after", number, error)
    if number:
        print("kept", len(store.attempts()) - start)
"""


def _run(command: list[str]) -> str:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=env, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _can_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    return (
        subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True).returncode == 0
    )


needs_mount = pytest.mark.skipif(not _can_mount(), reason="no file system can be mounted here (unshare -rm mount)")


@needs_mount
def test_on_a_full_disk_what_was_confirmed_is_kept_and_the_message_says_full(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=2m none {tmp_path} && exec {sys.executable} -c '{TRY}' {tmp_path}/d/v.db"
    said, kept = _run(["unshare", "-rm", "sh", "-c", script]).splitlines()
    assert said.startswith("StorageReadOnlyError after ")
    assert "v.db: the disk is full, nothing was written; free some space" in said
    assert kept.removeprefix("kept ") == said.split()[2]


@needs_mount
def test_a_disk_with_no_room_for_the_file_says_full(tmp_path: Path) -> None:
    script = f"mount -t tmpfs -o size=16k none {tmp_path} && exec {sys.executable} -c '{TRY}' {tmp_path}/d/v.db"
    said = _run(["unshare", "-rm", "sh", "-c", script])
    assert said.startswith("StorageReadOnlyError after 0")
    assert "the disk is full" in said


@needs_mount
@pytest.mark.parametrize("existing", [True, False])
def test_a_read_only_disk_is_refused_when_opening(tmp_path: Path, existing: bool) -> None:
    if existing:
        filled(tmp_path / "v.db", attempts=1)
    script = f"mount --bind -o ro {tmp_path} {tmp_path} && mount -o remount,bind,ro {tmp_path} && exec "
    said = _run(["unshare", "-rm", "sh", "-c", f"{script} {sys.executable} -c '{TRY}' {tmp_path}/v.db"])
    assert said.startswith("StorageReadOnlyError after 0")
    assert "v.db: cannot be written" in said


def _as_one_who_can_be_denied() -> list[str] | None:
    """The start of a command whose process obeys permissions, which root does not; None where there is no such."""
    if os.geteuid() != 0:
        return []
    without = "-dac_override,-dac_read_search"
    return ["setpriv", f"--bounding-set={without}", f"--inh-caps={without}"] if shutil.which("setpriv") else None


@pytest.mark.skipif(_as_one_who_can_be_denied() is None, reason="root is denied nothing here (no setpriv)")
@pytest.mark.parametrize("denied", ["file", "folder", "file and folder"])
def test_without_permission_to_write_the_store_is_refused_when_opening(tmp_path: Path, denied: str) -> None:
    path = tmp_path / "v.db" if denied == "folder" else filled(tmp_path / "v.db", attempts=1)
    if path.exists():
        path.chmod(0o444)
    tmp_path.chmod(0o755 if denied == "file" else 0o555)
    try:
        said = _run([*(_as_one_who_can_be_denied() or []), sys.executable, "-c", TRY, str(path)])
    finally:
        tmp_path.chmod(0o755)
    assert said.startswith("StorageReadOnlyError after 0"), said
    assert "v.db: cannot be written" in said
    assert "writable" in said


# no place for a file at all
def test_a_folder_is_no_database_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="is a folder; the path of a database file is expected"):
        open_store(tmp_path)


def test_a_file_in_the_way_of_the_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match=r"v\.db: a file is in the way where a folder is needed"):
        open_store(tmp_path / "data" / "v.db")
    with pytest.raises(StorageError, match=r"v\.db: a file is in the way where a folder is needed"):
        open_store(tmp_path / "data" / "deeper" / "v.db")


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "'' names no file"),
        ("sqlite://", "names no file; write sqlite:///relative/path"),
        ("sqlite:///", "names no file; write sqlite:///relative/path"),
        ("mysql://me:secret@host/db", r"no support for 'mysql'; a file path, sqlite:///path or postgresql://"),
        ("postgresql://me:secret@host:port/db", r"is no database URL; write postgresql://user:password@host:5432/"),
        ("postgresql://me:secret@127.0.0.1:1/db", "connection"),
    ],
)
def test_a_url_that_leads_nowhere_is_explained_without_its_password(url: str, message: str) -> None:
    with pytest.raises(StorageError, match=message) as caught:
        open_store(url)
    assert "secret" not in str(caught.value)


def test_without_the_postgres_driver_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "find_spec", lambda name: None)
    with pytest.raises(StorageError, match=r'psycopg is not installed; .*extra "server"') as caught:
        open_store("postgresql://me:secret@host/db")
    assert "secret" not in str(caught.value)


def test_a_draft_of_a_store_that_was_closed_can_still_be_saved(tmp_path: Path) -> None:
    # A page that is being left saves its draft while the program is already closing.
    store = open_store(tmp_path / "v.db")
    store.close()
    store.save_draft(Draft(ITEM, "tab", "half", NOON, NOON))
    assert len(store.drafts()) == 1
    store.close()
