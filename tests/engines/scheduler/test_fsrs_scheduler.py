"""The scheduler is pure and keeps its word when clocks and ratings change."""

from __future__ import annotations

import dataclasses
import random
import time
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.scheduler.support import (
    DAY,
    END,
    ITEM,
    OTHER,
    SCHEDULER,
    START,
    days,
    gaps,
    line,
    log,
    steps,
)
from vivavoce.domain.errors import NaiveTimeError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Card, Rating
from vivavoce.engines.scheduler.base import Scheduler
from vivavoce.engines.scheduler.fsrs_scheduler import AGAIN_AFTER, FsrsScheduler


def test_it_is_a_scheduler_and_says_which() -> None:
    scheduler: Scheduler = SCHEDULER
    assert scheduler.model == "fsrs-6.3.2"


# a replay
@given(steps, st.data())
def test_a_prefix_replayed_and_then_continued_equals_the_whole(
    steps: list[tuple[timedelta, Rating]], data: st.DataObject
) -> None:
    lines = log(steps)
    cut = data.draw(st.integers(0, len(lines)))
    card = SCHEDULER.replay(lines[:cut]).get(ITEM)
    for review in lines[cut:]:
        card = SCHEDULER.preview(card, ITEM, review.at)[review.rating]
    assert card == SCHEDULER.replay(lines)[ITEM]


@given(steps, steps, st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_only_their_times_do(
    one: list[tuple[timedelta, Rating]], two: list[tuple[timedelta, Rating]], chance: random.Random
) -> None:
    # Times of one item differ, as those of answers do.
    lines = log([(gap + timedelta(seconds=1), r) for gap, r in one]) + log(two, OTHER)
    lines = [r for r in lines if r.item == ITEM] + log([(gap + timedelta(seconds=1), r) for gap, r in two], OTHER)
    shuffled = lines[:]
    chance.shuffle(shuffled)
    assert SCHEDULER.replay(shuffled) == SCHEDULER.replay(lines)


@given(steps, steps)
def test_items_do_not_touch_one_another(
    one: list[tuple[timedelta, Rating]], two: list[tuple[timedelta, Rating]]
) -> None:
    both = SCHEDULER.replay(log(one) + log(two, OTHER))
    assert both == {**SCHEDULER.replay(log(one)), **SCHEDULER.replay(log(two, OTHER))}


@given(steps, st.data())
def test_an_override_leads_where_that_rating_would_have_led(
    steps: list[tuple[timedelta, Rating]], data: st.DataObject
) -> None:
    lines = log(steps)
    changed = data.draw(st.integers(0, len(lines) - 1))
    rating = data.draw(st.sampled_from(Rating))
    override = line("override", lines[-1].at + 5 * DAY, rating, replaces=lines[changed].id)
    as_if = [dataclasses.replace(r, rating=rating) if n == changed else r for n, r in enumerate(lines)]
    assert SCHEDULER.replay([*lines, override]) == SCHEDULER.replay(as_if)


def test_an_empty_log_gives_no_card() -> None:
    assert SCHEDULER.replay([]) == {}


@given(steps)
def test_reviews_are_counted_and_failing_twice_in_a_row_is_one_lapse(steps: list[tuple[timedelta, Rating]]) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    passed_then_failed = sum(
        before is not Rating.AGAIN and after is Rating.AGAIN for (_, before), (_, after) in pairwise(steps)
    )
    assert (card.reviews, card.lapses) == (len(steps), passed_then_failed)


# intervals
@given(steps)
def test_a_lapse_never_lengthens_the_interval(steps: list[tuple[timedelta, Rating]]) -> None:
    before = SCHEDULER.replay(log(steps))[ITEM]
    for gap in (timedelta(0), timedelta(hours=5), DAY, 30 * DAY, 2000 * DAY):
        after = SCHEDULER.preview(before, ITEM, before.last_review + gap)[Rating.AGAIN]
        assert after.due - after.last_review <= before.due - before.last_review
        assert after.stability <= before.stability


@given(steps, gaps)
def test_a_better_rating_never_comes_back_sooner(steps: list[tuple[timedelta, Rating]], gap: timedelta) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    cards = SCHEDULER.preview(card, ITEM, card.last_review + gap)
    dues = [cards[rating].due for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)]
    assert dues == sorted(dues)
    assert dues[0] < dues[1]


@given(steps, gaps)
def test_a_pass_never_weakens_a_memory(steps: list[tuple[timedelta, Rating]], gap: timedelta) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        assert SCHEDULER.preview(card, ITEM, card.last_review + gap)[rating].stability >= card.stability


@given(steps, gaps)
def test_due_is_never_before_the_review(steps: list[tuple[timedelta, Rating]], gap: timedelta) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    for after in SCHEDULER.preview(card, ITEM, card.last_review + gap).values():
        assert after.due >= after.last_review + AGAIN_AFTER


def test_only_again_comes_back_the_same_day() -> None:
    for card in (None, SCHEDULER.replay(days((Rating.AGAIN, 0)))[ITEM]):
        cards = SCHEDULER.preview(card, ITEM, START + timedelta(minutes=10))
        waits = {rating: after.due - after.last_review for rating, after in cards.items()}
        assert waits[Rating.AGAIN] == timedelta(minutes=10)
        assert all(wait >= DAY for rating, wait in waits.items() if rating is not Rating.AGAIN)


@given(steps)
def test_asking_for_more_recall_never_waits_longer(steps: list[tuple[timedelta, Rating]]) -> None:
    dues = [FsrsScheduler(desired_retention=r).replay(log(steps))[ITEM].due for r in (0.7, 0.8, 0.9, 0.97)]
    assert dues == sorted(dues, reverse=True)


@pytest.mark.parametrize("retention", [0, 0.3, 1, 90, -1])
def test_a_retention_that_is_no_useful_chance_is_refused(retention: float) -> None:
    with pytest.raises(ValueError, match=f"desired_retention is {retention}; a chance of recall from 0.5 to 0.99"):
        FsrsScheduler(desired_retention=retention)


# recall
@given(steps, st.lists(st.timedeltas(timedelta(0), timedelta(days=5000)), min_size=2, max_size=5))
def test_recall_is_a_chance_that_only_falls(steps: list[tuple[timedelta, Rating]], waits: list[timedelta]) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    chances = [SCHEDULER.retrievability(card, card.last_review + wait) for wait in sorted(waits)]
    assert all(0 <= chance <= 1 for chance in chances)
    assert chances == sorted(chances, reverse=True)
    assert SCHEDULER.retrievability(card, card.last_review) == 1


@given(st.lists(st.sampled_from([Rating.GOOD, Rating.EASY]), min_size=2, max_size=6))
def test_what_is_answered_when_due_is_recalled_with_the_desired_chance(ratings: list[Rating]) -> None:
    lines = [line("r0", START, Rating.GOOD)]
    for number, rating in enumerate(ratings, 1):
        lines.append(line(f"r{number}", SCHEDULER.replay(lines)[ITEM].due, rating))
    card = SCHEDULER.replay(lines)[ITEM]
    assert SCHEDULER.retrievability(card, card.due) == pytest.approx(0.9, abs=0.01)


# clocks
@given(steps, st.timedeltas(timedelta(0), timedelta(days=3000)))
def test_a_preview_before_the_last_review_is_one_at_the_last_review(
    steps: list[tuple[timedelta, Rating]], back: timedelta
) -> None:
    card = SCHEDULER.replay(log(steps))[ITEM]
    assert SCHEDULER.preview(card, ITEM, card.last_review - back) == SCHEDULER.preview(card, ITEM, card.last_review)
    assert SCHEDULER.retrievability(card, card.last_review - back) == 1


def test_a_log_written_while_the_clock_went_back_is_replayed_in_the_order_of_its_times() -> None:
    lines = [line("r0", START + 9 * DAY, Rating.GOOD), line("r1", START, Rating.AGAIN)]
    card = SCHEDULER.replay(lines)[ITEM]
    assert card == SCHEDULER.replay(lines[::-1])[ITEM]
    assert card.last_review == START + 9 * DAY


@pytest.mark.parametrize("moment", [datetime.min.replace(tzinfo=UTC), END], ids=["year 1", "year 9999"])
def test_an_absurd_clock_never_raises(moment: datetime) -> None:
    card = SCHEDULER.replay([line("r0", moment, Rating.EASY), line("r1", moment, Rating.EASY)])[ITEM]
    assert card.due > card.last_review
    assert SCHEDULER.preview(card, ITEM, END)[Rating.EASY].due > card.last_review


def test_the_zone_in_which_a_time_is_written_does_not_matter() -> None:
    east = timezone(timedelta(hours=9))
    lines = days((Rating.GOOD, 0), (Rating.HARD, 3))
    moved = [dataclasses.replace(r, at=r.at.astimezone(east)) for r in lines]
    assert SCHEDULER.replay(moved) == SCHEDULER.replay(lines)


def test_a_time_without_zone_is_refused() -> None:
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    card = Card(ITEM, 2.0, 5.0, START, START, 1, 0)
    with pytest.raises(NaiveTimeError, match="2026-01-01T00:00:00 has no time zone"):
        SCHEDULER.preview(None, ITEM, naive)
    with pytest.raises(NaiveTimeError):
        SCHEDULER.retrievability(card, naive)
    with pytest.raises(NaiveTimeError):
        SCHEDULER.replay([line("r0", naive, Rating.GOOD), line("r1", START, Rating.GOOD)])


def test_ten_thousand_reviews_are_replayed_within_a_second_of_cpu() -> None:
    lines = [
        line(f"r{n}", START + n * timedelta(minutes=30), list(Rating)[n % 4], ItemId("c", f"q{n % 200}"))
        for n in range(10_000)
    ]
    start = time.process_time()
    assert len(SCHEDULER.replay(lines)) == 200
    assert time.process_time() - start < 1
