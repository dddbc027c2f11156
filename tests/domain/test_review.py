"""The log with its overrides, and the map from score to rating."""

from __future__ import annotations

import dataclasses
import random
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivavoce.domain.attempt import Grade, Score, Verdict, VerdictKind
from vivavoce.domain.errors import NaiveTimeError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import (
    Rating,
    RatingSource,
    Review,
    derive_rating,
    effective,
    require_aware,
    review_times,
)

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NOTHING = Grade(())


def line(name: str, hours: float = 0, replaces: str | None = None) -> Review:
    at = NOON + hours * HOUR
    source = RatingSource.OVERRIDE if replaces else RatingSource.DERIVED
    return Review(name, ItemId("a", "b"), "a1", at, Rating.GOOD, source, "1", 0.5, None, "m", replaces)


def ids(*lines: Review) -> list[str]:
    return [review.id for review in effective(lines)]


# the effective log
def test_a_log_without_overrides_is_effective_as_it_is() -> None:
    assert effective((line("a"), line("b", 1))) == (line("a"), line("b", 1))


def test_an_override_stands_in_the_place_of_what_it_replaces() -> None:
    assert ids(line("a"), line("b", 1), line("c", 5, "a")) == ["c", "b"]


def test_an_override_of_an_override_stands_in_the_first_place() -> None:
    assert ids(line("a"), line("b", 1), line("c", 5, "a"), line("d", 6, "c")) == ["d", "b"]


def test_of_two_overrides_of_one_line_the_last_written_counts() -> None:
    assert ids(line("a"), line("b", 5, "a"), line("c", 4, "a")) == ["c"]


def test_an_override_written_last_counts_though_it_names_an_earlier_override() -> None:
    assert ids(line("a"), line("b", 1, "a"), line("c", 2, "a"), line("d", 3, "b")) == ["d"]


def test_an_override_whose_line_is_not_there_counts_at_its_own_time() -> None:
    assert ids(line("b", 1), line("c", 0, "gone")) == ["c", "b"]


def test_lines_that_replace_one_another_in_a_circle_are_read_and_do_not_hang() -> None:
    circle = (line("a", 0, "b"), line("b", 1, "a"), line("c", 2, "c"))
    assert set(review_times(circle)) == {"a", "b", "c"}
    assert "c" in ids(*circle)


def test_lines_are_in_the_order_of_their_times_whatever_the_order_of_writing() -> None:
    assert ids(line("a", 2), line("b", 1), line("c", 3)) == ["b", "a", "c"]


def test_lines_of_the_same_time_stay_in_the_order_of_writing() -> None:
    assert ids(line("b"), line("a"), line("c")) == ["b", "a", "c"]


def test_an_override_has_the_time_of_the_answer_and_not_its_own() -> None:
    times = review_times((line("a"), line("b", 5, "a"), line("c", 9, "b"), line("d", 9, "gone")))
    assert times == {"a": NOON, "b": NOON, "c": NOON, "d": NOON + 9 * HOUR}


@given(st.lists(st.integers(-1, 8), max_size=9), st.randoms(use_true_random=False))
def test_there_is_one_effective_line_for_every_answer_given(picks: list[int], chance: random.Random) -> None:
    lines: list[Review] = []
    for number, pick in enumerate(picks):
        replaces = lines[pick].id if 0 <= pick < len(lines) else None
        lines.append(line(f"r{number}", chance.randrange(5), replaces))
    found = effective(tuple(lines))
    answers = [review for review in lines if review.replaces is None]
    times = review_times(tuple(lines))
    assert sorted(times[review.id] for review in found) == sorted(review.at for review in answers)
    assert all(times[a.id] <= times[b.id] for a, b in pairwise(found))


def test_a_log_with_a_time_without_zone_is_refused() -> None:
    naive = dataclasses.replace(line("a"), at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(NaiveTimeError):
        effective((line("b"), naive))


def test_a_zone_that_does_not_know_its_offset_is_no_zone() -> None:
    class Nowhere(tzinfo):
        def utcoffset(self, _: datetime | None) -> None:
            return None

    assert require_aware(NOON) is NOON
    for naive in (datetime(2026, 1, 1), datetime(2026, 1, 1, tzinfo=Nowhere())):  # noqa: DTZ001
        with pytest.raises(NaiveTimeError, match="2026-01-01T00:00:00 has no time zone; times are stored with one"):
            require_aware(naive)


# score to rating
@pytest.mark.parametrize(
    ("earned", "rating"),
    [
        (0, Rating.AGAIN),
        (49.9, Rating.AGAIN),
        (50, Rating.HARD),
        (64.9, Rating.HARD),
        (65, Rating.GOOD),
        (92.9, Rating.GOOD),
        (93, Rating.EASY),
        (100, Rating.EASY),
    ],
)
def test_the_cuts_of_the_map(earned: float, rating: Rating) -> None:
    assert derive_rating(Score(earned, 0, 0, 100), NOTHING, frozenset(), first_exposure=False) is rating


@pytest.mark.parametrize(
    ("earned", "rating"), [(49, Rating.AGAIN), (64, Rating.HARD), (79, Rating.GOOD), (80, Rating.EASY)]
)
def test_what_is_answered_well_the_first_time_was_known_before(earned: float, rating: Rating) -> None:
    assert derive_rating(Score(earned, 0, 0, 100), NOTHING, frozenset(), first_exposure=True) is rating


def test_claims_count_in_full_and_unsure_points_half() -> None:
    def rating(earned: float, claimed: float, unsure: float) -> Rating:
        return derive_rating(Score(earned, claimed, unsure, 100), NOTHING, frozenset(), first_exposure=False)

    assert rating(40, 0, 0) is Rating.AGAIN
    assert rating(40, 10, 0) is Rating.HARD
    assert rating(40, 0, 10) is Rating.AGAIN
    assert rating(40, 0, 20) is Rating.HARD


@pytest.mark.parametrize(
    ("kind", "rating"),
    [
        (VerdictKind.MISSED, Rating.AGAIN),
        (VerdictKind.CONTRADICTED, Rating.AGAIN),
        (VerdictKind.PARTLY, Rating.GOOD),
        (VerdictKind.UNSURE, Rating.GOOD),
        (VerdictKind.MET, Rating.GOOD),
    ],
)
def test_a_must_have_criterion_that_failed_is_again_whatever_the_score(kind: VerdictKind, rating: Rating) -> None:
    grade = Grade((Verdict("a", kind, 0.5), Verdict("b", VerdictKind.MISSED, 0.1)))
    assert derive_rating(Score(80, 0, 0, 100), grade, frozenset("a"), first_exposure=False) is rating


def test_a_claim_on_another_criterion_does_not_excuse_a_must_have() -> None:
    grade = Grade((Verdict("a", VerdictKind.MISSED, 0.1), Verdict("b", VerdictKind.MISSED, 0.1)))
    assert derive_rating(Score(70, 10, 0, 100), grade, frozenset("a"), first_exposure=False) is Rating.AGAIN


def test_with_nothing_to_score_the_rating_is_again() -> None:
    assert derive_rating(Score(0, 0, 0, 0), NOTHING, frozenset(), first_exposure=True) is Rating.AGAIN


ORDER = [Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY]


@given(st.floats(0, 100), st.floats(0, 100), st.booleans())
def test_a_better_score_never_gives_a_worse_rating(one: float, two: float, first: bool) -> None:
    low, high = (
        derive_rating(Score(earned, 0, 0, 100), NOTHING, frozenset(), first_exposure=first)
        for earned in sorted((one, two))
    )
    assert ORDER.index(low) <= ORDER.index(high)
