"""The whole state out and in again, within a database and across databases."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract.support import WHY, a_draft, a_review, an_attempt, fill
from vivavoce.domain.errors import (
    ExportFormatError,
)
from vivavoce.storage.store import SqlStore, open_store

COUNTS = {
    "attempt": 3,
    "review": 3,
    "appeal": 2,
    "submission": 2,
    "disclosure": 1,
    "lab-run": 2,
    "lab-measurement": 2,
    "lab-end": 1,
    "prediction": 1,
}
"""What `fill` writes, drafts aside."""


def test_dump_and_restore_give_the_same_state(store: SqlStore, other: SqlStore) -> None:
    fill(store)
    lines = [json.dumps(record) for record in store.dump()]
    counts = other.restore(iter([json.loads(line) for line in lines]))
    assert counts == {**COUNTS, "draft": 2}
    assert [json.dumps(record) for record in other.dump()] == lines
    assert other.attempts() == store.attempts()
    assert other.reviews() == store.reviews()
    assert other.drafts() == store.drafts()
    assert other.code.submissions() == store.code.submissions()
    assert other.code.disclosures() == store.code.disclosures()
    assert other.labs.runs() == store.labs.runs()
    assert other.labs.measurements("run1") == store.labs.measurements("run1")
    assert other.labs.ends(["run1", "run2"]) == store.labs.ends(["run1", "run2"])
    assert other.labs.predictions() == store.labs.predictions()


def test_restoring_twice_adds_nothing_the_second_time(store: SqlStore, other: SqlStore) -> None:
    fill(store)
    other.restore(store.dump())
    assert set(other.restore(store.dump()).values()) == {0}
    assert list(other.dump()) == list(store.dump())


def test_restoring_into_a_store_with_a_log_of_its_own_keeps_both(store: SqlStore, other: SqlStore) -> None:
    fill(store)
    other.record(an_attempt("b1"), a_review("s1", "b1"), writer=None)
    other.save_draft(a_draft(words="mine"))
    counts = other.restore(store.dump())
    assert counts == {**COUNTS, "draft": 1}
    assert {r.id for r in other.reviews()} == {"s1", "r1", "r2", "r3"}
    assert [d.text for d in other.drafts(WHY)] == ["mine"]


def _without(key: str) -> Callable[[dict[str, object]], object]:
    return lambda record: {k: v for k, v in record.items() if k != key}


@pytest.mark.parametrize(
    ("kind", "damage", "message"),
    [
        ("attempt", _without("text"), 'record 1 .attempt.: field "text" is missing'),
        ("attempt", lambda r: {**r, "type": "note"}, "record 1: \"type\" is 'note'; one of attempt, review"),
        ("attempt", lambda r: {**r, "version": 2}, "newer Vivavoce"),
        ("attempt", lambda r: {**r, "points": {"a": 1}}, "\"points\" lacks the graded criterion 'b'"),
        ("attempt", lambda r: {**r, "text": "h"}, r"span \[0, 2\] is no part of the text"),
        ("attempt", lambda r: {**r, "text": "hel\0o"}, "NUL character at position 3"),
        ("attempt", lambda r: {**r, "item": "Nothing"}, "\"item\" is 'Nothing'; an id such as"),
        ("attempt", lambda r: {**r, "submitted_at": "2026-11-21T06:45:00"}, "a time with its zone"),
        ("attempt", lambda r: {**r, "seconds": "long"}, "a number is expected"),
        ("attempt", lambda r: {**r, "points": {**r["points"], "a": 10**400}}, "\"points\" has 'a': 1000000"),
        ("attempt", lambda r: {**r, "points": {**r["points"], "a": -1}}, "\"points\" has 'a': -1; 0 to 1000000"),
        ("attempt", lambda r: {**r, "submitted_at": "0001-01-01T00:00:00Z"}, "a year from 2 to 9998"),
        ("attempt", lambda _: "attempt", "an object with named fields"),
        ("attempt", lambda r: {**r, "numbers": {"k": "3"}}, "\"numbers\" is {'k': '3'}; an object of numbers"),
        ("attempt", lambda r: {**r, "numbers": [3]}, "an object of numbers is expected"),
        ("attempt", lambda r: {**r, "numbers": {"k": float("inf")}}, "an object of finite numbers is expected"),
        ("review", lambda r: {**r, "rating": "best"}, "\"rating\" is 'best'; one of again, hard, good, easy"),
        ("review", lambda r: {**r, "attempt": "a7"}, "names the attempt 'a7', which is neither"),
        ("appeal", lambda r: {**r, "withdraws": "p7"}, "names the appeal 'p7', which is neither"),
        ("draft", lambda r: {**r, "opened_at": None}, '"opened_at" is None; a text is expected'),
        ("lab-measurement", lambda r: {**r, "run": "run9", "id": f"run9:{r['seed']}"}, "names the lab-run 'run9'"),
        ("lab-measurement", lambda r: {**r, "measured": {"": 3}}, "this is no measurement"),
        ("lab-measurement", lambda r: {**r, "seed": 99}, "must have the id 'run1:99'"),
        ("lab-end", lambda r: {**r, "state": "well"}, "\"state\" is 'well'; one of running, finished"),
        ("lab-end", lambda r: {**r, "id": "run9"}, "names the lab-run 'run9'"),
        ("lab-run", lambda r: {**r, "looks": "many"}, "\"looks\" is 'many'; a list"),
        ("prediction", lambda r: {**r, "sure": 7.0}, '"sure" 7; a chance from 0 to 1'),
    ],
)
def test_a_record_that_is_not_understood_is_named_and_nothing_is_restored(
    store: SqlStore,
    tmp_path: Path,
    kind: str,
    damage: Callable[[dict[str, object]], object],
    message: str,
) -> None:
    source = open_store(tmp_path / "source.db")
    fill(source)
    records = list(source.dump())
    source.close()
    place = next(n for n, record in enumerate(records) if record["type"] == kind)
    broken: list[object] = [*records[:place], damage(records[place]), *records[place + 1 :]]
    with pytest.raises(ExportFormatError, match=message):
        store.restore(iter(broken))  # type: ignore[arg-type]
    assert list(store.dump()) == []


def test_a_restore_that_fails_half_way_through_the_file_leaves_the_store_as_it_was(store: SqlStore) -> None:
    fill(store)
    before = list(store.dump())
    new = {**before[0], "id": "new"}
    with pytest.raises(ExportFormatError):
        store.restore(iter([new, {"type": "attempt"}]))
    assert list(store.dump()) == before
