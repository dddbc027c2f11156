"""What was answered before, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import AttemptRecord, Mode
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt and its question as it was asked; None when no pack holds that item any more."""

    record: AttemptRecord
    question: Question | None


def history(ws: Workspace, item: str | None = None, *, limit: int | None = 100) -> tuple[Past, ...]:
    """Attempts (of one item), follow-ups included. Raises `UnknownItemError` for an item that nobody knows.

    An item that no pack holds any more is known as long as it was answered.
    """
    questions = ws.library.bank.questions
    if item is None:
        records = ws.store.attempts(limit=limit)
    else:
        try:
            records = ws.store.attempts(ws.question(item).id, limit=limit)
        except UnknownItemError:
            records = ws.store.attempts(ItemId.parse(item), limit=limit)
            if not records:
                raise
    return tuple(Past(record, _asked(questions.get(record.attempt.item), record)) for record in records)


def _asked(question: Question | None, record: AttemptRecord) -> Question | None:
    return None if question is None else as_asked(question, record.attempt.numbers)


def practised(past: tuple[Past, ...]) -> tuple[Past, ...]:
    """Without the follow-ups."""
    return tuple(p for p in past if p.record.attempt.mode is not Mode.FOLLOW_UP)
