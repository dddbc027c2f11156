"""What every store promises, on every database there is."""

from __future__ import annotations

import dataclasses
import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.contract.support import HOUR, NASTY, NOON, WHEN, WHY, a_draft, a_review, an_attempt, fill, submitted_draft
from vivavoce.domain.attempt import Appeal, Draft, Mode, Submission, live_appeals
from vivavoce.domain.errors import (
    StorageError,
)
from vivavoce.domain.review import Rating, RatingSource
from vivavoce.storage.base import Totals
from vivavoce.storage.store import SqlStore


def test_an_attempt_comes_back_equal_in_every_field(store: SqlStore) -> None:
    attempt = dataclasses.replace(an_attempt(words=NASTY), mode=Mode.FOLLOW_UP, follow_up="deeper", parent="a0")
    store.record(attempt, None, writer=None)
    found = store.attempt("a1")
    assert found is not None
    assert found.attempt == attempt
    assert found.appeals == ()


def test_a_review_comes_back_equal_in_every_field(store: SqlStore) -> None:
    review = dataclasses.replace(a_review(), predicted_recall=0.7)
    store.record(an_attempt(), review, writer=None)
    override = dataclasses.replace(a_review("r2", replaces="r1"), source=RatingSource.OVERRIDE, rating=Rating.HARD)
    store.add_review(override)
    assert store.reviews() == (review, override)


def test_a_draft_comes_back_equal_in_every_field(store: SqlStore) -> None:
    draft = dataclasses.replace(a_draft(words=NASTY), submission=Submission("a9", NOON, 3.5, "deeper", "a2"))
    store.save_draft(draft)
    assert store.drafts() == (draft,)


def test_the_empty_store_has_nothing(store: SqlStore) -> None:
    assert store.drafts() == store.attempts() == store.reviews() == ()
    assert store.attempt("a1") is None
    assert list(store.dump()) == []


def test_a_time_keeps_its_moment_to_the_microsecond_whatever_its_zone(store: SqlStore) -> None:
    local = NOON.astimezone(timezone(timedelta(hours=5, minutes=45)))
    store.record(an_attempt(at=local), None, writer=None)
    found = store.attempt("a1")
    assert found is not None
    assert found.attempt.submitted_at == NOON
    assert found.attempt.submitted_at.utcoffset() == timedelta(0)


def test_what_was_recorded_is_there_after_closing_and_opening(url: str, opened: Callable[[str], SqlStore]) -> None:
    fill(opened(url))
    before = list(opened(url).dump())
    opened(url).close()
    assert list(opened(url).dump()) == before
    assert len(before) == 19


# drafts
def test_saving_a_draft_again_replaces_it(store: SqlStore) -> None:
    assert store.save_draft(a_draft())
    assert store.save_draft(a_draft(words="more"))
    assert store.drafts() == (a_draft(words="more"),)
    submitted = submitted_draft("a9")
    assert store.save_draft(submitted)
    assert store.drafts() == (submitted,)


def test_a_late_autosave_neither_replaces_nor_empties_what_was_submitted(store: SqlStore) -> None:
    submitted = submitted_draft("a9")
    store.save_draft(submitted)
    assert not store.save_draft(a_draft(words="late"))
    store.discard_draft(WHY, "tab", submitted=False)
    assert store.drafts() == (submitted,)
    assert store.save_draft(submitted_draft("a10"))
    store.discard_draft(WHY, "tab")
    assert store.drafts() == ()
    store.save_draft(a_draft())
    store.discard_draft(WHY, "tab", submitted=False)
    assert store.drafts() == ()


def test_two_writers_of_one_item_have_a_draft_each(store: SqlStore) -> None:
    store.save_draft(a_draft(writer="tab 1"))
    store.save_draft(a_draft(writer="tab 2"))
    store.discard_draft(WHY, "tab 1")
    assert store.drafts(WHY) == (a_draft(writer="tab 2"),)


def test_drafts_come_newest_first_and_of_one_item_when_asked(store: SqlStore) -> None:
    old, new, other = a_draft(writer="b"), a_draft(writer="a", at=NOON + HOUR), a_draft(WHEN, at=NOON + 2 * HOUR)
    for draft in (old, other, new):
        store.save_draft(draft)
    assert store.drafts() == (other, new, old)
    assert store.drafts(WHY) == (new, old)


def test_discarding_a_draft_that_does_not_exist_is_no_error(store: SqlStore) -> None:
    store.save_draft(a_draft())
    store.discard_draft(WHY, "another")
    assert store.drafts() == (a_draft(),)


# recording
def test_recording_removes_the_draft_that_was_submitted_as_it_and_no_other(store: SqlStore) -> None:
    kept = (submitted_draft("a1", writer="other"), submitted_draft("a1", WHEN))
    for draft in (submitted_draft("a1"), *kept):
        store.save_draft(draft)
    assert store.record(an_attempt(), a_review(), writer="tab")
    assert set(store.drafts()) == set(kept)


@pytest.mark.parametrize("since", ["typed", "submitted"])
def test_recording_leaves_what_the_writer_has_typed_or_submitted_since(store: SqlStore, since: str) -> None:
    """Two programs finish the same interrupted submit; between them the person has gone on."""
    store.record(an_attempt(), a_review(), writer="tab")
    later = a_draft(words="new") if since == "typed" else submitted_draft("a2")
    store.save_draft(later)
    assert not store.record(an_attempt(), a_review("r2"), writer="tab")
    assert store.drafts() == (later,)


def test_recording_the_same_attempt_again_adds_nothing_and_removes_the_draft(store: SqlStore) -> None:
    store.record(an_attempt(), a_review(), writer=None)
    store.save_draft(submitted_draft("a1"))
    assert not store.record(an_attempt(words="other words"), a_review("r2"), writer="tab")
    assert store.drafts() == ()
    assert store.reviews() == (a_review(),)
    found = store.attempt("a1")
    assert found is not None
    assert found.attempt.text == "hello"


def test_one_attempt_recorded_by_many_threads_at_once_is_one_attempt(store: SqlStore) -> None:
    results: list[bool] = []
    start = threading.Barrier(8)

    def record(number: int) -> None:
        start.wait()
        results.append(store.record(an_attempt(), a_review(f"r{number}"), writer="tab"))

    threads = [threading.Thread(target=record, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == [False] * 7 + [True]
    assert len(store.attempts()) == len(store.reviews()) == store.review_stamp() == 1


def test_many_threads_record_and_read_at_once_and_nothing_is_lost(store: SqlStore) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for step in range(10):
                name = f"a{number}-{step}"
                store.record(an_attempt(name), a_review("r" + name, name), writer="tab")
                store.save_draft(a_draft(writer=f"tab {number}"))
                assert store.attempt(name) is not None
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(store.attempts()) == len(store.reviews()) == 60


def test_an_attempt_whose_review_is_refused_is_not_recorded_and_the_draft_stays(store: SqlStore) -> None:
    store.save_draft(a_draft())
    with pytest.raises(StorageError, match="'r0', which is not among the reviews"):
        store.record(an_attempt(), a_review(replaces="r0"), writer="tab")
    assert store.attempt("a1") is None
    assert store.drafts() == (a_draft(),)


def test_the_latest_answer_to_each_item_comes_with_their_number_and_follow_ups_do_not_count(store: SqlStore) -> None:
    assert store.latest() == {}
    for name, item, hours in (("a1", WHY, 5), ("a2", WHY, 7), ("a3", WHY, 6), ("a4", WHEN, 0), ("a5", WHEN, 0)):
        store.record(an_attempt(name, item, NOON + hours * HOUR), None, writer=None)
    deeper = dataclasses.replace(an_attempt("a6", WHY, NOON + 9 * HOUR), mode=Mode.FOLLOW_UP, follow_up="x")
    store.record(deeper, None, writer=None)
    store.add_appeal(Appeal("p1", "a2", "c", NOON))
    found = store.latest()
    assert {item: (last.record.attempt.id, last.attempts) for item, last in found.items()} == {
        WHY: ("a2", 3),
        WHEN: ("a5", 2),
    }
    assert found[WHY].record == store.attempt("a2")
    assert store.latest(WHEN) == {WHEN: found[WHEN]}


def test_the_totals_are_those_of_the_attempts(store: SqlStore) -> None:
    assert store.totals() == Totals(0, (), 0, {}, 0)
    fill(store)
    store.add_appeal(Appeal("p3", "a1", "c", NOON))
    store.add_appeal(Appeal("p4", "a1", "c", NOON))
    found, records = store.totals(), store.attempts()
    answers = [r for r in records if r.attempt.mode is not Mode.FOLLOW_UP]
    assert found.answers == len(answers) == 2
    assert sorted(found.moments) == sorted(r.attempt.submitted_at for r in records)
    assert found.seconds == sum(r.attempt.seconds for r in records)
    assert found.verdicts == Counter(v.kind for r in answers for v in r.attempt.grade.verdicts)
    assert found.claimed == sum(len(live_appeals(r.appeals)) for r in records) == 1


def test_reviews_can_be_had_without_the_first_ones(store: SqlStore) -> None:
    fill(store)
    everything = store.reviews()
    assert [store.reviews(skip=n) for n in range(5)] == [everything[n:] for n in range(5)]


def test_attempts_come_newest_first_of_one_item_and_no_more_than_asked(store: SqlStore) -> None:
    for name, item, hours in (("a1", WHY, 0), ("a2", WHEN, 3), ("a3", WHY, 2), ("a4", WHY, 2)):
        store.record(an_attempt(name, item, NOON + hours * HOUR), None, writer=None)
    store.add_appeal(Appeal("p1", "a3", "c", NOON))
    assert [r.attempt.id for r in store.attempts()] == ["a2", "a4", "a3", "a1"]
    assert [r.attempt.id for r in store.attempts(WHY, limit=2)] == ["a4", "a3"]
    assert [len(r.appeals) for r in store.attempts(WHY, limit=2)] == [0, 1]


def test_appeals_come_with_their_attempt_in_the_order_they_were_made(store: SqlStore) -> None:
    fill(store)
    found = store.attempt("a1")
    assert found is not None
    assert [a.id for a in found.appeals] == ["p1", "p2"]
    assert found.score.claimed == 0


def test_the_stamp_changes_with_every_review(store: SqlStore) -> None:
    stamps = [store.review_stamp()]
    store.record(an_attempt(), a_review(), writer=None)
    stamps.append(store.review_stamp())
    store.add_review(a_review("r2", replaces="r1"))
    stamps.append(store.review_stamp())
    assert len(set(stamps)) == 3
    store.save_draft(a_draft())
    assert store.review_stamp() == stamps[-1]


def test_reviews_of_one_item_leave_out_the_others(store: SqlStore) -> None:
    fill(store)
    assert [r.id for r in store.reviews(WHEN)] == ["r2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.add_review(a_review("r9", attempt="nowhere")),
        lambda s: s.add_review(a_review("r9", replaces="nowhere")),
        lambda s: s.add_appeal(Appeal("p9", "nowhere", "a", NOON)),
        lambda s: s.add_appeal(Appeal("p9", "a1", "a", NOON, withdraws="nowhere")),
    ],
)
def test_a_line_about_what_is_not_there_is_refused(store: SqlStore, change: Callable[[SqlStore], None]) -> None:
    fill(store)
    before = list(store.dump())
    with pytest.raises(StorageError, match="'nowhere', which is not among the"):
        change(store)
    assert list(store.dump()) == before


def test_adding_the_same_line_twice_adds_it_once(store: SqlStore) -> None:
    fill(store)
    before = list(store.dump())
    store.add_review(a_review("r2", "a2", WHEN))
    store.add_appeal(Appeal("p1", "a1", "b", NOON, "I did"))
    assert list(store.dump()) == before


@pytest.mark.parametrize("text_", ["nul \0 here", "half \ud83d a pair"])
def test_a_text_that_a_database_cannot_hold_is_refused_and_nothing_is_written(store: SqlStore, text_: str) -> None:
    for change in (
        lambda: store.record(an_attempt(words=text_), a_review(), writer=None),
        lambda: store.save_draft(a_draft(words=text_)),
        lambda: store.save_draft(a_draft(writer=text_)),
    ):
        with pytest.raises(StorageError, match=r"at position [45]"):
            change()
    assert list(store.dump()) == []


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_is_refused(store: SqlStore, number: float) -> None:
    with pytest.raises(StorageError, match="only finite numbers"):
        store.record(dataclasses.replace(an_attempt(), seconds=number), None, writer=None)
    assert store.attempts() == ()


# the log is append-only
@pytest.mark.parametrize("table", ["attempts", "reviews", "appeals"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET learner = 'x'", "DELETE FROM {}", "DELETE FROM {} WHERE seq = 1"])
def test_the_database_itself_refuses_to_change_or_delete_the_log(
    store: SqlStore, engine: Engine, table: str, statement: str
) -> None:
    fill(store)
    before = list(store.dump())
    with pytest.raises(DBAPIError, match=f"{table} is append-only"), engine.begin() as connection:
        connection.execute(text(statement.format(table)))
    assert list(store.dump()) == before


def test_info_says_what_is_there_and_no_password(store: SqlStore, url: str) -> None:
    fill(store)
    info = store.info()
    assert (info.attempts, info.reviews, info.lab_runs, info.revision) == (3, 3, 2, "0004")
    assert info.backend == url.partition(":")[0]
    assert info.location
    assert "not-to-be-shown" not in info.location
    assert info.size_bytes is not None
    assert info.size_bytes > 10_000


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    seconds=st.floats(allow_nan=False, allow_infinity=False),
    at=st.datetimes(timezones=st.timezones(), min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1)),  # noqa: DTZ001
)
def test_any_text_number_and_time_comes_back_unchanged(
    store: SqlStore, words: str, seconds: float, at: datetime
) -> None:
    store.save_draft(Draft(WHY, "tab", words, at, at, Submission("a", at, seconds)))
    # Compared in UTC: times that a zone skips or repeats are equal to no time of another zone.
    utc = at.astimezone(UTC)
    assert store.drafts() == (Draft(WHY, "tab", words, utc, utc, Submission("a", utc, seconds)),)
