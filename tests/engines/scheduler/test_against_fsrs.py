"""The scheduler is FSRS-6 to the last bit, and reads no clock."""

from __future__ import annotations

import random
from datetime import timedelta

import fsrs
import pytest

from tests.engines.scheduler.support import (
    ITEM,
    SCHEDULER,
    START,
    THEIRS,
    days,
    line,
)
from vivavoce.domain.review import Rating
from vivavoce.engines.scheduler.fsrs_scheduler import AGAIN_AFTER, FsrsScheduler

GOLDEN = {
    ("again", 0.01): (0.775084, 7.394503, 0),
    ("again", 3): (0.636851, 7.394503, 0),
    ("hard", 0.01): (2.306500, 4.752858, 2),
    ("hard", 3): (9.234871, 4.752858, 9),
    ("good", 0.01): (2.306500, 2.111214, 2),
    ("good", 3): (13.826904, 2.111214, 14),
    ("easy", 0.01): (3.946054, 1.000000, 4),
    ("easy", 3): (23.883064, 1.000000, 24),
}
"""Good, then a rating some days later: stability, difficulty, interval. Made with fsrs 6.3.2 called by hand.

Same-day Hard is what 6.3.1 did differently while every published vector still passed.
"""


def test_the_published_memory_state_comes_out() -> None:
    # py-fsrs and fsrs-rs: ratings again and five times good after 0, 0, 1, 3, 8, 21 days
    again, good = Rating.AGAIN, Rating.GOOD
    card = SCHEDULER.replay(days((again, 0), (good, 0), (good, 1), (good, 3), (good, 8), (good, 21)))[ITEM]
    assert card.stability == pytest.approx(53.62691, abs=1e-4)
    assert card.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_the_published_intervals_come_out_when_the_learning_step_is_walked() -> None:
    # py-fsrs publishes [0, 2, 11, ...] where the first 0 is a learning step of minutes that we do not have.
    ratings = [Rating.GOOD] * 6 + [Rating.AGAIN] * 2 + [Rating.GOOD] * 5
    at, lines, intervals = START, [], []
    for number, rating in enumerate(ratings):
        lines.append(line(f"r{number}", at, rating))
        at = SCHEDULER.replay(lines)[ITEM].due if number else START + timedelta(minutes=10)
        intervals.append((at - lines[-1].at).days)
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_golden_states_for_every_rating_on_the_same_day_and_later() -> None:
    found = {}
    for rating in Rating:
        for gap in (0.01, 3):
            card = SCHEDULER.replay(days((Rating.GOOD, 0), (rating, gap)))[ITEM]
            found[rating.value, gap] = (
                round(card.stability, 6),
                round(card.difficulty, 6),
                (card.due - card.last_review).days,
            )
    assert found == GOLDEN


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
def test_two_thousand_random_reviews_equal_fsrs_called_by_hand_to_the_last_bit(retention: float) -> None:
    chance = random.Random(f"{retention}")
    ours = FsrsScheduler(desired_retention=retention)
    direct = fsrs.Scheduler(desired_retention=retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    with_steps = fsrs.Scheduler(desired_retention=retention, enable_fuzzing=False)
    for _ in range(100):
        lines, at = [], START
        theirs, stepped = (fsrs.Card(card_id=1, due=START) for _ in range(2))
        for number in range(20):
            at += timedelta(
                days=chance.choice([0, 0, 1, chance.expovariate(1 / 20)]), seconds=chance.uniform(0, 80_000)
            )
            rating = chance.choice(list(Rating))
            lines.append(line(f"r{number}", at, rating))
            theirs, _ = direct.review_card(theirs, fsrs.Rating(THEIRS[rating]), at)
            stepped, _ = with_steps.review_card(stepped, fsrs.Rating(THEIRS[rating]), at)
            card = ours.replay(lines)[ITEM]
            assert (card.stability, card.difficulty) == (theirs.stability, theirs.difficulty)
            assert (card.stability, card.difficulty) == (stepped.stability, stepped.difficulty), "steps moved the state"
            assert card.due == (at + AGAIN_AFTER if rating is Rating.AGAIN else theirs.due)
            later = at + timedelta(days=chance.uniform(0, 90))
            assert ours.retrievability(card, later) == direct.get_card_retrievability(theirs, later)


def test_no_clock_is_read_and_nothing_is_slept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_: object, **__: object) -> None:
        raise AssertionError("the clock was read")

    for module in ("fsrs.card", "fsrs.scheduler"):
        monkeypatch.setattr(f"{module}.datetime", type("Stopped", (), {"now": staticmethod(read)}))
    monkeypatch.setattr("fsrs.card.time.sleep", read)
    card = SCHEDULER.replay(days((Rating.GOOD, 0), (Rating.AGAIN, 3), (Rating.EASY, 0)))[ITEM]
    SCHEDULER.preview(card, ITEM, START)
    SCHEDULER.retrievability(card, START)
