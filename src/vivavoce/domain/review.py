"""Attempts that move memory. The log is append-only; a card is what its replay gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vivavoce.domain.attempt import Grade, Score, VerdictKind
from vivavoce.domain.errors import NaiveTimeError
from vivavoce.domain.ids import ItemId

RATING_MAP_VERSION = "2026-11"
"""Version of the map in `derive_rating`; stored with every review so that a changed map can be replayed."""

EASY_AT_FIRST = 0.8
"""Share of the points from which a first answer shows that the item was known; FSRS would ask again in two days."""


class Rating(StrEnum):
    """Stored by name: one library counts from 1, another from 0."""

    AGAIN = "again"
    HARD = "hard"
    GOOD = "good"
    EASY = "easy"


class RatingSource(StrEnum):
    DERIVED = "derived"
    OVERRIDE = "override"


@dataclass(frozen=True, slots=True)
class Review:
    """One line of the log. An override is a new line that replaces an earlier one."""

    id: str
    item: ItemId
    attempt: str
    at: datetime
    rating: Rating
    source: RatingSource
    map_version: str
    raw_score: float
    predicted_recall: float | None
    """Retrievability just before the answer, stored then; None for a first exposure."""
    model: str
    """Scheduler and version, such as `fsrs-6.3.2`."""
    replaces: str | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One learner's memory of one item."""

    item: ItemId
    stability: float
    """Days until retrievability falls to 90 %."""
    difficulty: float
    """1 to 10, learned."""
    due: datetime
    last_review: datetime
    reviews: int
    lapses: int


def require_aware(moment: datetime) -> datetime:
    """`moment` itself. Raises `NaiveTimeError` when it has no time zone."""
    if moment.utcoffset() is None:
        raise NaiveTimeError(f"{moment.isoformat()} has no time zone; times are stored with one")
    return moment


def effective(reviews: tuple[Review, ...]) -> tuple[Review, ...]:
    """The log with every replaced line replaced by its last replacement, in the order of the original times.

    The replacement takes the original's time: overriding a rating tomorrow does not move yesterday's review. Of several
    replacements the one written last counts, whichever line it names. Raises `NaiveTimeError`.
    """
    origins = _origins(reviews)
    last: dict[str, Review] = {}
    for review in reviews:
        last[origins[review.id].id] = review
    return tuple(sorted(last.values(), key=lambda review: require_aware(origins[review.id].at)))


def review_times(reviews: tuple[Review, ...]) -> dict[str, datetime]:
    """Review id to the time at which its answer was given (a replacement has the time of what it replaces)."""
    return {review_id: origin.at for review_id, origin in _origins(reviews).items()}


def _origins(reviews: tuple[Review, ...]) -> dict[str, Review]:
    """Review id to the first line of its chain of replacements. One that replaces a line not given is a first line."""
    by_id = {r.id: r for r in reviews}
    origins = {}
    for review in reviews:
        origin, seen = review, {review.id}
        while origin.replaces in by_id and origin.replaces not in seen:
            origin = by_id[origin.replaces]
            seen.add(origin.id)
        origins[review.id] = origin
    return origins


def derive_rating(score: Score, grade: Grade, must_have: frozenset[str], *, first_exposure: bool) -> Rating:
    """Rubric score to rating, map `RATING_MAP_VERSION`.

    Again below .5, or with a criterion of `must_have` missed or contradicted (leave out those that are claimed); Hard
    below .65; Good below .93; Easy above. At a first exposure Easy begins at `EASY_AT_FIRST`: it was known before.
    Claimed points count in full, unsure ones half. The cuts are those with the least bias of predicted recall among
    six maps simulated (docs/decisions/rating-map.md).
    """
    fraction = (score.earned + score.claimed + 0.5 * score.open) / score.total if score.total else 0.0
    failed = {VerdictKind.MISSED, VerdictKind.CONTRADICTED}
    if fraction < 0.5 or any(v.criterion in must_have and v.kind in failed for v in grade.verdicts):
        return Rating.AGAIN
    if fraction < 0.65:
        return Rating.HARD
    if fraction < (EASY_AT_FIRST if first_exposure else 0.93):
        return Rating.GOOD
    return Rating.EASY
