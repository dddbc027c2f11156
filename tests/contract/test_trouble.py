"""Databases that are newer, foreign, new to many at once, locked, gone or read-only."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from tests.contract.support import a_draft, a_review, an_attempt, fill
from vivavoce.domain.errors import (
    StorageBusyError,
    StorageError,
    StorageNewerError,
    StorageReadOnlyError,
)
from vivavoce.storage import database
from vivavoce.storage.migrations import HEAD
from vivavoce.storage.store import SqlStore, open_store
from vivavoce.storage.tables import metadata


def test_a_newer_database_is_refused_by_name_and_left_as_it_was(
    url: str, engine: Engine, opened: Callable[[str], SqlStore]
) -> None:
    store = opened(url)
    fill(store)
    before = list(store.dump())
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageNewerError, match=r"newer Vivavoce: its schema is '9999', this one knows up to '\d{4}'"):
        open_store(url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        connection.execute(text(f"UPDATE alembic_version SET version_num = '{HEAD}'"))
    assert list(opened(url).dump()) == before


def test_a_database_of_another_program_is_refused_and_left_as_it_was(
    url: str, engine: Engine, opened: Callable[[str], SqlStore]
) -> None:
    opened(url).close()
    with engine.begin() as connection:
        for table in ("alembic_version", *(t.name for t in reversed(metadata.sorted_tables))):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("CREATE TABLE recipes (id INTEGER)"))
    with pytest.raises(StorageError, match=r"another program.*'recipes'"):
        open_store(url)
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM recipes")).scalar() == 0


def test_many_programs_may_open_a_new_database_at_once(url: str, opened: Callable[[str], SqlStore]) -> None:
    errors: list[BaseException] = []
    start = threading.Barrier(6)

    def open_one() -> None:
        start.wait()
        try:
            opened(url).save_draft(a_draft(writer=str(threading.get_ident())))
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=open_one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(opened(url).drafts()) == 6


# trouble with the database
def test_a_database_locked_for_too_long_is_busy_and_recovers(
    url: str, engine: Engine, opened: Callable[[str], SqlStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_MS", 100)
    store = opened(url)
    lock = "BEGIN IMMEDIATE" if engine.dialect.name == "sqlite" else "LOCK TABLE attempts IN EXCLUSIVE MODE"
    with engine.connect() as connection:
        connection.execute(text(lock))
        with pytest.raises(StorageBusyError, match="locked by another program") as caught:
            store.record(an_attempt(), a_review(), writer=None)
    assert "not-to-be-shown" not in str(caught.value)
    assert store.attempts() == store.reviews() == ()
    assert store.record(an_attempt(), a_review(), writer=None)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_was_restarted_is_found_again(store: SqlStore, engine: Engine) -> None:
    assert store.attempts() == ()
    with engine.begin() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
    assert store.record(an_attempt(), a_review(), writer=None)


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_server_that_only_reads_is_refused_when_opening(url: str, store: SqlStore, engine: Engine) -> None:
    with engine.begin() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
    try:
        with pytest.raises(StorageReadOnlyError, match=r"nothing can be written .*read-only transaction"):
            open_store(url)
    finally:
        with engine.begin() as connection:
            connection.execute(text("SET TRANSACTION READ WRITE"))
            connection.execute(text(f"ALTER DATABASE {name} RESET default_transaction_read_only"))
