"""What was answered before, the newest first."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.domain.attempt import AttemptRecord, Mode
from vivavoce.domain.question import Question
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Past:
    """An attempt and its question; None when no pack holds that item any more."""

    record: AttemptRecord
    question: Question | None


def history(ws: Workspace, item: str | None = None, *, limit: int | None = 100) -> tuple[Past, ...]:
    """Attempts (of one item), follow-ups included. Raises `UnknownItemError` for an item that nobody knows."""
    questions = ws.library.bank.questions
    wanted = ws.question(item).id if item else None
    return tuple(Past(record, questions.get(record.attempt.item)) for record in ws.store.attempts(wanted, limit=limit))


def practised(past: tuple[Past, ...]) -> tuple[Past, ...]:
    """Without the follow-ups."""
    return tuple(p for p in past if p.record.attempt.mode is not Mode.FOLLOW_UP)
