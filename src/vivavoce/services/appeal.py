"""*I did say this*: disagree with a verdict, or take the disagreement back."""

from __future__ import annotations

from vivavoce.domain.attempt import Appeal, AttemptRecord, Mode, VerdictKind, live_appeals
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.review import RATING_MAP_VERSION, RatingSource, Review, effective
from vivavoce.services.answer import derived_rating
from vivavoce.services.text import clean
from vivavoce.services.workspace import Workspace

MAX_NOTE_CHARS = 2_000


def appeal(ws: Workspace, attempt_id: str, criterion: str, note: str = "") -> AttemptRecord:
    """Claim `criterion` in an attempt. The score then shows it as *claimed*; the rating follows unless overridden.

    Repeating it changes nothing. Raises `UnknownItemError` and, for a criterion that was met already, `BadInputError`.
    """
    record = _record(ws, attempt_id)
    verdicts = {v.criterion: v for v in record.attempt.grade.verdicts}
    if criterion not in verdicts:
        raise UnknownItemError("criterion", criterion, tuple(verdicts))
    if verdicts[criterion].kind is VerdictKind.MET:
        raise BadInputError(f'criterion "{criterion}" was met already; there is nothing to claim')
    if criterion in live_appeals(record.appeals):
        return record
    ws.store.add_appeal(Appeal(ws.new_id(), attempt_id, criterion, ws.clock(), clean(note)[:MAX_NOTE_CHARS]))
    return _rated_again(ws, attempt_id)


def withdraw(ws: Workspace, attempt_id: str, criterion: str) -> AttemptRecord:
    """Take an appeal back. Without one nothing changes. Raises `UnknownItemError`."""
    record = _record(ws, attempt_id)
    withdrawn = {a.withdraws for a in record.appeals}
    for earlier in record.appeals:
        if earlier.criterion == criterion and not earlier.withdraws and earlier.id not in withdrawn:
            ws.store.add_appeal(Appeal(ws.new_id(), attempt_id, criterion, ws.clock(), "", withdraws=earlier.id))
    return _rated_again(ws, attempt_id)


def _record(ws: Workspace, attempt_id: str) -> AttemptRecord:
    record = ws.store.attempt(attempt_id)
    if record is None:
        raise UnknownItemError("attempt", attempt_id)
    return record


def _rated_again(ws: Workspace, attempt_id: str) -> AttemptRecord:
    """Append a derived review when the claims change what the score gives, unless the person chose a rating."""
    record = _record(ws, attempt_id)
    attempt = record.attempt
    question = ws.library.bank.questions.get(attempt.item)
    log = ws.store.reviews(attempt.item)
    current = next((r for r in effective(log) if r.attempt == attempt_id), None)
    if (
        question is None
        or current is None
        or current.source is RatingSource.OVERRIDE
        or attempt.mode is not Mode.PRACTICE
    ):
        return record
    claimed = live_appeals(record.appeals)
    first = current.predicted_recall is None
    rating = derived_rating(question, attempt, first_exposure=first, claimed=claimed)
    if rating is not current.rating:
        ws.store.add_review(
            Review(
                id=ws.new_id(),
                item=attempt.item,
                attempt=attempt_id,
                at=ws.clock(),
                rating=rating,
                source=RatingSource.DERIVED,
                map_version=RATING_MAP_VERSION,
                raw_score=record.score.fraction_with_claims,
                predicted_recall=current.predicted_recall,
                model=ws.scheduler.model,
                replaces=current.id,
            )
        )
    return record
