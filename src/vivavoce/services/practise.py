"""What to ask now, in which order, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from vivavoce.domain.question import Question
from vivavoce.domain.review import effective
from vivavoce.engines.scheduler.queue import due_queue
from vivavoce.services.browse import Filters, rows
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Planned:
    """A question of the plan and why it is there."""

    question: Question
    reason: str
    new: bool


def plan(
    ws: Workspace, filters: Filters | None = None, *, more_new: bool = False, zone: tzinfo | None = None
) -> tuple[Planned, ...]:
    """Due questions, then new ones up to today's limit.

    Asking for a part of the bank, or for `more_new`, lifts the limit: it paces a day, it forbids nothing. `zone` says
    when a day begins; None is the system's.
    """
    wanted = filters or Filters()
    bank = ws.library.bank
    questions = [q for q in bank.questions.values() if wanted.fit(q, bank)]
    if wanted.standing:
        standings = {r.question.id for r in rows(ws, wanted)}
        questions = [q for q in questions if q.id in standings]
    unlimited = more_new or wanted != Filters()
    queued = due_queue(
        questions,
        ws.cards(),
        ws.clock(),
        recall=ws.scheduler.retrievability,
        concept_order=tuple(bank.concepts),
        role=ws.settings.role,
        new_limit=len(questions) if unlimited else ws.settings.new_per_day,
        new_done=0 if unlimited else new_today(ws, zone),
    )
    return tuple(Planned(bank.questions[entry.item], entry.reason, entry.is_new) for entry in queued)


def new_today(ws: Workspace, zone: tzinfo | None = None) -> int:
    """How many questions were answered for the first time on this local day."""
    today = ws.clock().astimezone(zone).date()
    first = [r for r in effective(ws.reviews()) if r.predicted_recall is None]
    return sum(r.at.astimezone(zone).date() == today for r in first)
