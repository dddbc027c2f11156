"""What every scheduler promises."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from vivavoce.domain.ids import ItemId
from vivavoce.domain.review import Card, Rating, Review


class Scheduler(Protocol):
    """A log of reviews to memory states. Pure: the same log gives the same cards on every machine."""

    @property
    def model(self) -> str:
        """Name and version, stored with each review, such as `fsrs-6.3.2`."""
        ...

    def replay(self, reviews: Sequence[Review]) -> dict[ItemId, Card]:
        """The cards after a whole log: replaced lines replaced, in the order of the times at which answers were given.

        By time and not by line, so that logs of two machines can be put together. A clock that went backwards never
        raises. Raises `NaiveTimeError`.
        """
        ...

    def preview(self, card: Card | None, item: ItemId, now: datetime) -> Mapping[Rating, Card]:
        """The card after each possible rating at `now`; a `now` before the last review counts as at the last review.

        Raises `NaiveTimeError`.
        """
        ...

    def retrievability(self, card: Card, now: datetime) -> float:
        """Chance of recall at `now`, in [0, 1]. Raises `NaiveTimeError`."""
        ...
