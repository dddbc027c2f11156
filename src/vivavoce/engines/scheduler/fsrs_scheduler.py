"""FSRS-6 through the pinned `fsrs` package, with its default parameters and without random fuzz.

No learning steps. They are for flash cards that take seconds and are shown again within a minute; an interview answer
takes two minutes and is read beside its model answer, so a second try after one minute would only echo what was just
read. Hard, Good and Easy therefore lead straight to whole days. Again is different: the answer failed, a night would be
lost, and a try some ten minutes and a few other questions later is from memory. So Again comes back the same day, and
the memory state, which FSRS computes from elapsed days and ratings alone, is the same as without any step.

No parameters are fitted: on a few hundred reviews fits do worse than the defaults.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import fsrs

from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Card, Rating, Review, effective, require_aware, review_times

AGAIN_AFTER = timedelta(minutes=10)
"""When a failed question comes back: long enough for a few others in between."""

_LATEST = datetime(9000, 1, 1, tzinfo=UTC)  # a due date up to a century later can still be written

_RATINGS = {
    Rating.AGAIN: fsrs.Rating.Again,
    Rating.HARD: fsrs.Rating.Hard,
    Rating.GOOD: fsrs.Rating.Good,
    Rating.EASY: fsrs.Rating.Easy,
}


class FsrsScheduler:
    """`Scheduler` by FSRS-6: due when the chance of recall falls to `desired_retention`."""

    def __init__(self, *, desired_retention: float = 0.9) -> None:
        if not 0.5 <= desired_retention <= 0.99:
            raise ValueError(
                f"desired_retention is {desired_retention}; a chance of recall from 0.5 to 0.99 is expected"
            )
        self._fsrs = fsrs.Scheduler(
            desired_retention=desired_retention, learning_steps=(), relearning_steps=(), enable_fuzzing=False
        )
        self._model = f"fsrs-{version('fsrs')}"

    @property
    def model(self) -> str:
        return self._model

    def replay(self, reviews: Sequence[Review]) -> dict[ItemId, Card]:
        times = review_times(tuple(reviews))
        cards: dict[ItemId, Card] = {}
        for review in effective(tuple(reviews)):
            cards[review.item] = self._next(cards.get(review.item), review.item, review.rating, times[review.id])
        return cards

    def preview(self, card: Card | None, item: ItemId, now: datetime) -> Mapping[Rating, Card]:
        require_aware(now)
        return {rating: self._next(card, item, rating, now) for rating in Rating}

    def retrievability(self, card: Card, now: datetime) -> float:
        return self._fsrs.get_card_retrievability(_to_fsrs(card), require_aware(now).astimezone(UTC))

    def _next(self, card: Card | None, item: ItemId, rating: Rating, at: datetime) -> Card:
        moment = min(require_aware(at).astimezone(UTC), _LATEST)
        if card is not None:
            moment = max(moment, card.last_review)  # a clock that went backwards: no time has passed
        # Given an id and a due date because the package would otherwise read the clock for them.
        before = fsrs.Card(card_id=0, due=moment) if card is None else _to_fsrs(card)
        after, _ = self._fsrs.review_card(before, _RATINGS[rating], moment)
        if after.stability is None or after.difficulty is None:
            raise AssertionError("a reviewed card has a memory state")
        failed = rating is Rating.AGAIN
        # Failing twice in a row is one lapse: what was not learned again cannot be lost again.
        lapsed = failed and card is not None and not _is_relearning(card)
        return Card(
            item=item,
            stability=after.stability,
            difficulty=after.difficulty,
            due=moment + AGAIN_AFTER if failed else after.due,
            last_review=moment,
            reviews=1 if card is None else card.reviews + 1,
            lapses=(0 if card is None else card.lapses) + lapsed,
        )


def _is_relearning(card: Card) -> bool:
    """Whether the last rating was Again: only then is the interval below a day."""
    return card.due - card.last_review < timedelta(days=1)


def _to_fsrs(card: Card) -> fsrs.Card:
    return fsrs.Card(
        card_id=0,
        state=fsrs.State.Review,
        stability=card.stability,
        difficulty=card.difficulty,
        due=card.due,
        last_review=card.last_review,
    )
