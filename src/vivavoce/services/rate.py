"""Override the rating that the score gave, and see where each rating leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from vivavoce.domain.attempt import AttemptRecord
from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.review import RATING_MAP_VERSION, Rating, RatingSource, Review, effective, review_times
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rated:
    """The rating of an attempt and when the item comes back."""

    rating: Rating
    source: RatingSource
    due: datetime
    choices: Mapping[Rating, datetime]
    """For each rating, the date it would lead to. Empty when a later review has overtaken this one."""


def rated(ws: Workspace, record: AttemptRecord) -> Rated | None:
    """How an attempt was rated; None for one that moved no memory (a follow-up)."""
    attempt = record.attempt
    log = ws.store.reviews(attempt.item)
    line = next((r for r in effective(log) if r.attempt == attempt.id), None)
    card = ws.cards().get(attempt.item)
    if line is None or card is None:
        return None
    ordered = effective(log)
    choices: dict[Rating, datetime] = {}
    if ordered[-1].id == line.id:
        before = ws.scheduler.replay(tuple(r for r in log if r.id not in _family(log, line))).get(attempt.item)
        at = review_times(log)[line.id]
        choices = {rating: c.due for rating, c in ws.scheduler.preview(before, attempt.item, at).items()}
    return Rated(line.rating, line.source, card.due, choices)


def override(ws: Workspace, attempt_id: str, rating: Rating) -> None:
    """Rate an attempt by hand. A new line of the log that replaces the last. Raises `UnknownItemError`."""
    record = ws.store.attempt(attempt_id)
    if record is None:
        raise UnknownItemError("attempt", attempt_id)
    log = ws.store.reviews(record.attempt.item)
    current = next((r for r in effective(log) if r.attempt == attempt_id), None)
    if current is None:
        raise UnknownItemError("review of attempt", attempt_id)
    if current.rating is rating:
        return
    ws.store.add_review(
        Review(
            id=ws.new_id(),
            item=current.item,
            attempt=attempt_id,
            at=ws.clock(),
            rating=rating,
            source=RatingSource.OVERRIDE,
            map_version=RATING_MAP_VERSION,
            raw_score=current.raw_score,
            predicted_recall=current.predicted_recall,
            model=ws.scheduler.model,
            replaces=current.id,
        )
    )


def _family(log: tuple[Review, ...], last: Review) -> set[str]:
    """Ids of a line and of everything that it replaces."""
    by_id = {r.id: r for r in log}
    family = {last.id}
    while last.replaces and last.replaces in by_id:
        last = by_id[last.replaces]
        family.add(last.id)
    return family
