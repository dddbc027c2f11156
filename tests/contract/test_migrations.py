"""The migrations give the schema that the code works with, on every database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import DatabaseError

from tests.contract.support import a_lab_run, an_attempt, fill
from vivavoce.storage.migrate import SCRIPTS
from vivavoce.storage.migrations import HEAD, REVISIONS
from vivavoce.storage.store import SqlStore
from vivavoce.storage.tables import metadata


@pytest.fixture
def migrated(url: str, engine: Engine, opened: Callable[[str], SqlStore]) -> Engine:
    opened(url).close()
    return engine


def _names(connection: Connection) -> set[str]:
    found = inspect(connection)
    names: set[str | None] = set()
    for table in metadata.tables:
        names.add(found.get_pk_constraint(table)["name"])
        for group in (found.get_unique_constraints(table), found.get_foreign_keys(table), found.get_indexes(table)):
            names |= {entry["name"] for entry in group}
    return {name for name in names if name}


def test_the_migrations_leave_nothing_to_migrate(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_tables_made_from_the_metadata_have_the_names_that_migrated_ones_have(migrated: Engine) -> None:
    with migrated.begin() as connection:
        by_migration = _names(connection)
        downgrade(_config(connection), "base")
        metadata.create_all(connection)
        assert _names(connection) == by_migration
        metadata.drop_all(connection)
    assert {
        "pk_drafts",
        "uq_attempts_learner_id",
        "fk_reviews_learner_attempt",
        "ix_reviews_learner_item",
    } <= by_migration


def test_downgrading_to_nothing_leaves_no_table_of_ours(migrated: Engine) -> None:
    with migrated.begin() as connection:
        downgrade(_config(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]


def test_a_log_from_before_the_labs_is_there_after_the_step_to_them(
    url: str, engine: Engine, opened: Callable[[str], SqlStore]
) -> None:
    store = opened(url)
    fill(store)
    before = [
        record | ({"numbers": None} if "numbers" in record else {})
        for record in store.dump()
        if not record["type"].startswith(("lab-", "prediction"))
    ]
    store.close()
    with engine.begin() as connection:
        downgrade(_config(connection), "0002")
        assert "lab_runs" not in inspect(connection).get_table_names()
    again = opened(url)
    assert list(again.dump()) == before
    assert again.labs.begin(a_lab_run())


def test_a_log_from_before_drawn_numbers_has_none_and_stays_append_only(
    url: str, engine: Engine, opened: Callable[[str], SqlStore]
) -> None:
    store = opened(url)
    fill(store)
    store.close()
    with engine.begin() as connection:
        downgrade(_config(connection), "0003")
        assert "numbers" not in {column["name"] for column in inspect(connection).get_columns("attempts")}
    again = opened(url)
    assert [record.attempt.numbers for record in again.attempts()] == [None, None, None]
    assert {draft.numbers for draft in again.drafts()} == {None}
    numbered = replace(an_attempt("a7"), numbers={"k": 3, "rate": 0.1})
    again.record(numbered, None, writer=None)
    kept = again.attempt("a7")
    assert kept is not None
    assert kept.attempt.numbers == {"k": 3, "rate": 0.1}
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text("UPDATE attempts SET numbers = NULL"))


def test_the_list_of_revisions_is_that_of_the_scripts() -> None:
    scripts = ScriptDirectory(str(SCRIPTS))
    assert tuple(script.revision for script in reversed(list(scripts.walk_revisions()))) == REVISIONS
    assert scripts.get_current_head() == HEAD


def test_every_revision_lies_in_a_file_named_after_it() -> None:
    names = {path.name.partition("_")[0] for path in Path(SCRIPTS, "versions").glob("*.py")}
    assert names == {f"v{revision}" for revision in REVISIONS}


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
