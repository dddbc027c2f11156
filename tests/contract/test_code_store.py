"""Submitted code on both databases."""

from __future__ import annotations

import dataclasses

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.contract.support import HOUR, NASTY, NOON, WHEN, WHY, a_disclosure, a_submission
from vivavoce.domain.errors import ExportFormatError
from vivavoce.domain.exercise import Outcome
from vivavoce.domain.submission import DisclosureKind
from vivavoce.storage.base import CodeStanding
from vivavoce.storage.store import SqlStore


def test_a_submission_comes_back_as_it_was(store: SqlStore) -> None:
    assert store.code.record(a_submission())
    assert store.code.submission("s1") == a_submission()
    assert store.code.submission("s2") is None


def test_the_same_submission_twice_is_one(store: SqlStore) -> None:
    store.code.record(a_submission())
    assert not store.code.record(dataclasses.replace(a_submission(), code="other"))
    assert [s.code for s in store.code.submissions()] == [NASTY]


def test_submissions_come_newest_first_and_by_item(store: SqlStore) -> None:
    for n, item in enumerate([WHY, WHEN, WHY]):
        store.code.record(a_submission(f"s{n}", item, at=NOON + n * HOUR))
    assert [s.id for s in store.code.submissions()] == ["s2", "s1", "s0"]
    assert [s.id for s in store.code.submissions(WHY)] == ["s2", "s0"]
    assert [s.id for s in store.code.submissions(limit=1)] == ["s2"]


def test_a_standing_counts_what_was_judged_and_whether_it_ever_passed(store: SqlStore) -> None:
    outcomes = [Outcome.PASSED, Outcome.WRONG_VALUE, Outcome.SANDBOX_ERROR]
    for n, outcome in enumerate(outcomes):
        store.code.record(a_submission(f"s{n}", WHY, outcome))
    store.code.record(a_submission("t", WHEN, Outcome.SANDBOX_ERROR))
    assert store.code.standings() == {WHY: CodeStanding(2, True)}


def test_disclosures_come_in_the_order_in_which_they_were_made(store: SqlStore) -> None:
    store.code.disclose(a_disclosure())
    store.code.disclose(a_disclosure("d2", DisclosureKind.SOLUTION, ""))
    assert [d.kind for d in store.code.disclosures(WHY)] == [DisclosureKind.HINT, DisclosureKind.SOLUTION]
    assert store.code.disclosures(WHEN) == ()


@pytest.mark.parametrize("statement", ["UPDATE submissions SET outcome = 'passed'", "DELETE FROM disclosures"])
def test_the_database_refuses_to_change_what_was_submitted(store: SqlStore, engine: Engine, statement: str) -> None:
    store.code.record(a_submission())
    store.code.disclose(a_disclosure())
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))


def test_a_pass_with_a_failed_test_is_not_imported(store: SqlStore, other: SqlStore) -> None:
    store.code.record(a_submission())
    records = [{**record, "outcome": "passed"} for record in store.dump()]
    with pytest.raises(ExportFormatError, match='"passed", and a test that did not pass'):
        other.restore(iter(records))
