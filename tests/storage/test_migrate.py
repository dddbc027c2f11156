"""Opening an older SQLite file: copied first, then changed whole or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vivavoce.domain.attempt import Attempt, Grade, Mode
from vivavoce.domain.ids import ItemId
from vivavoce.storage import migrate
from vivavoce.storage.store import SqlStore, open_store

ORIGINAL = migrate.SCRIPTS
NEXT = '''
"""A column more, by building the table anew."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0005", "0004", None, None


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer(), primary_key=True))
    with op.batch_alter_table("attempts", recreate="always") as table:
        table.add_column(sa.Column("mood", sa.Text()))
    {then}


def downgrade():
    pass
'''


@pytest.fixture
def older(tmp_path: Path) -> Path:
    """A file with an attempt and an appeal's worth of references, as today's program leaves it."""
    store = open_store(tmp_path / "v.db")
    _record(store, "a1")
    store.close()
    return tmp_path / "v.db"


def _record(store: SqlStore, name: str) -> None:
    attempt = Attempt(name, ItemId("a", "b"), "h", Mode.PRACTICE, "x", Grade(()), {}, datetime.now(UTC), 1.0)
    store.record(attempt, None, writer=None)


def _with_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, then: str = "pass") -> None:
    """Let the program be one revision further."""
    scripts = tmp_path / "scripts"
    shutil.rmtree(scripts, ignore_errors=True)
    shutil.copytree(ORIGINAL, scripts)
    (scripts / "versions" / "v0005_next.py").write_text(NEXT.format(then=then))
    monkeypatch.setattr(migrate, "SCRIPTS", scripts)
    monkeypatch.setattr(migrate, "REVISIONS", ("0001", "0004", "0005"))
    monkeypatch.setattr(migrate, "HEAD", "0005")


def _backups(path: Path) -> list[str]:
    return sorted(p.name for p in path.parent.glob("*.bak*"))


def _tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def test_a_new_file_and_one_up_to_date_are_not_copied(older: Path) -> None:
    open_store(older).close()
    assert _backups(older) == []


def test_an_older_file_is_migrated_with_its_rows_and_copied_before(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _with_next(tmp_path, monkeypatch)
    store = open_store(older)
    assert store.info().revision == "0005"
    assert [r.attempt.id for r in store.attempts()] == ["a1"]
    store.close()
    assert "extra" in _tables(older)
    assert _backups(older) == ["v.db.before-0005.bak"]
    copy = older.with_name("v.db.before-0005.bak")
    assert "extra" not in _tables(copy)
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT id FROM attempts").fetchall() == [("a1",)]
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0004",)]


def test_the_copy_has_what_was_still_in_the_log_of_a_program_that_crashed(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(older)
    _record(store, "a2")
    crashed = tmp_path / "crashed" / "v.db"
    crashed.parent.mkdir()
    for path in tmp_path.glob("v.db*"):
        shutil.copy(path, crashed.parent / path.name)
    store.close()
    assert crashed.with_name("v.db-wal").stat().st_size > 0
    _with_next(tmp_path, monkeypatch)
    open_store(crashed).close()
    with closing(sqlite3.connect(crashed.with_name("v.db.before-0005.bak"))) as connection:
        assert connection.execute("SELECT id FROM attempts ORDER BY id").fetchall() == [("a1",), ("a2",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = _tables(older)
    _with_next(tmp_path, monkeypatch, then="raise RuntimeError('no')")
    with pytest.raises(RuntimeError, match="no"):
        open_store(older)
    monkeypatch.undo()
    assert _tables(older) == tables
    store = open_store(older)
    assert [r.attempt.id for r in store.attempts()] == ["a1"]
    store.close()


def test_a_second_try_keeps_the_first_copy(older: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _with_next(tmp_path, monkeypatch, then="raise RuntimeError('no')")
    with pytest.raises(RuntimeError):
        open_store(older)
    _with_next(tmp_path, monkeypatch)
    open_store(older).close()
    assert _backups(older) == ["v.db.before-0005.2.bak", "v.db.before-0005.bak"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX")
def test_file_folder_log_and_copies_are_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "new" / "data" / "v.db"
    before = os.umask(0)
    try:
        store = open_store(path)
        _record(store, "a1")
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in path.parent.iterdir()}
        assert modes == {"v.db": 0o600, "v.db-wal": 0o600, "v.db-shm": 0o600}
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        store.close()
        _with_next(tmp_path, monkeypatch)
        open_store(path).close()
        assert stat.S_IMODE(path.with_name("v.db.before-0005.bak").stat().st_mode) == 0o600
    finally:
        os.umask(before)


def test_a_closed_store_leaves_one_file(older: Path) -> None:
    assert [p.name for p in older.parent.iterdir()] == ["v.db"]


def test_a_path_with_spaces_quotes_and_percent_signs_is_a_path(tmp_path: Path) -> None:
    path = tmp_path / "my 100% 'data' ?#é" / "v.db"
    store = open_store(path)
    _record(store, "a1")
    assert store.info().location == str(path)
    store.close()
    assert path.exists()


def test_a_sqlite_url_and_a_path_open_the_same_file(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/v.db")
    _record(store, "a1")
    store.close()
    again = open_store(tmp_path / "v.db")
    assert len(again.attempts()) == 1
    again.close()


def test_confirmed_writes_are_forced_to_the_disk(tmp_path: Path) -> None:
    store = open_store(tmp_path / "v.db")
    with store._database.writing() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("synchronous", "journal_mode", "foreign_keys", "busy_timeout")
        }
    store.close()
    assert pragmas == {"synchronous": 2, "journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 5000}
