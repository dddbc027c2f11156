"""The score of a grade keeps what was shown, claimed and open apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.attempt import (
    Appeal,
    Attempt,
    AttemptRecord,
    Grade,
    Mode,
    Score,
    Span,
    Verdict,
    VerdictKind,
    live_appeals,
    score,
)
from vivavoce.domain.ids import ItemId

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
MET, PARTLY, MISSED = VerdictKind.MET, VerdictKind.PARTLY, VerdictKind.MISSED
CONTRADICTED, UNSURE = VerdictKind.CONTRADICTED, VerdictKind.UNSURE

kinds = st.dictionaries(st.sampled_from("abcdef"), st.tuples(st.sampled_from(VerdictKind), st.integers(1, 10)))
claims = st.frozensets(st.sampled_from("abcdef"))


def graded(kinds: dict[str, VerdictKind]) -> Grade:
    return Grade(tuple(Verdict(criterion, kind, 0.5) for criterion, kind in kinds.items()))


def appeal(name: str, criterion: str = "a", withdraws: str | None = None) -> Appeal:
    return Appeal(name, "a1", criterion, NOON, withdraws=withdraws)


# score
@pytest.mark.parametrize(
    ("kind", "unclaimed", "claimed"),
    [
        (MET, Score(4, 0, 0, 4), Score(4, 0, 0, 4)),
        (PARTLY, Score(2, 0, 0, 4), Score(2, 2, 0, 4)),
        (MISSED, Score(0, 0, 0, 4), Score(0, 4, 0, 4)),
        (CONTRADICTED, Score(0, 0, 0, 4), Score(0, 4, 0, 4)),
        (UNSURE, Score(0, 0, 4, 4), Score(0, 4, 0, 4)),
    ],
)
def test_each_verdict_is_worth_what_it_shows_and_a_claim_the_rest(
    kind: VerdictKind, unclaimed: Score, claimed: Score
) -> None:
    assert score({"a": 4}, graded({"a": kind})) == unclaimed
    assert score({"a": 4}, graded({"a": kind}), frozenset("a")) == claimed


def test_points_weigh_the_criteria() -> None:
    found = score({"a": 3, "b": 2, "c": 1}, graded({"a": MET, "b": PARTLY, "c": UNSURE}))
    assert found == Score(4.0, 0.0, 1.0, 6)
    assert found.fraction == pytest.approx(4 / 6)


def test_points_of_a_criterion_that_was_not_graded_do_not_count() -> None:
    assert score({"a": 3, "b": 2}, graded({"a": MET})).total == 3


def test_a_claim_on_a_criterion_that_was_not_graded_changes_nothing() -> None:
    assert score({"a": 3}, graded({"a": MISSED}), frozenset({"z"})) == Score(0, 0, 0, 3)


def test_a_graded_criterion_without_points_is_an_error_and_not_a_zero() -> None:
    with pytest.raises(KeyError, match="b"):
        score({"a": 3}, graded({"b": MET}))


def test_with_nothing_graded_the_fractions_are_zero() -> None:
    found = score({}, Grade(()))
    assert (found.fraction, found.fraction_with_claims) == (0, 0)


@given(kinds, claims)
def test_earned_claimed_and_open_never_exceed_the_total(
    kinds: dict[str, tuple[VerdictKind, int]], claimed: frozenset[str]
) -> None:
    grade = graded({c: kind for c, (kind, _) in kinds.items()})
    found = score({c: points for c, (_, points) in kinds.items()}, grade, claimed)
    assert min(found.earned, found.claimed, found.open) >= 0
    assert found.earned + found.claimed + found.open <= found.total
    assert 0 <= found.fraction <= found.fraction_with_claims <= 1


@given(kinds, claims)
def test_a_claim_never_changes_what_was_earned(
    kinds: dict[str, tuple[VerdictKind, int]], claimed: frozenset[str]
) -> None:
    grade = graded({c: kind for c, (kind, _) in kinds.items()})
    points = {c: points for c, (_, points) in kinds.items()}
    assert score(points, grade, claimed).earned == score(points, grade).earned


# grade, span
def test_a_grade_gives_the_verdict_of_a_criterion_by_name() -> None:
    grade = graded({"a": MET, "b": MISSED})
    assert grade.verdict("b").kind is MISSED
    with pytest.raises(KeyError, match="c"):
        grade.verdict("c")


def test_a_span_gives_its_words() -> None:
    assert Span(4, 7).of("the sun 🙂 shines") == "sun"
    assert Span(8, 9).of("the sun 🙂 shines") == "🙂"


# appeals
def test_an_appeal_lives_until_it_is_withdrawn() -> None:
    assert live_appeals((appeal("p1"),)) == {"a"}
    assert live_appeals((appeal("p1"), appeal("p2", withdraws="p1"))) == frozenset()


def test_after_a_withdrawal_the_criterion_can_be_appealed_again() -> None:
    assert live_appeals((appeal("p1"), appeal("p2", withdraws="p1"), appeal("p3"))) == {"a"}


def test_a_withdrawal_leaves_other_criteria_under_appeal() -> None:
    assert live_appeals((appeal("p1"), appeal("p2", "b"), appeal("p3", withdraws="p1"))) == {"b"}


def test_a_withdrawal_counts_wherever_it_stands_in_the_list() -> None:
    assert live_appeals((appeal("p2", withdraws="p1"), appeal("p1"))) == frozenset()


def test_the_score_of_a_record_has_its_live_appeals_as_claims() -> None:
    attempt = Attempt(
        "a1", ItemId("a", "b"), "h", Mode.PRACTICE, "x", graded({"a": MISSED, "b": MET}), {"a": 2, "b": 1}, NOON, 1.0
    )
    assert AttemptRecord(attempt).score == Score(1, 0, 0, 3)
    assert AttemptRecord(attempt, (appeal("p1"),)).score == Score(1, 2, 0, 3)
    assert AttemptRecord(attempt, (appeal("p1"), appeal("p2", withdraws="p1"))).score == Score(1, 0, 0, 3)
