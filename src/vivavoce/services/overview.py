"""The home page: what is due, what is new, what lies unfinished, and where you stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from vivavoce.domain.attempt import Draft
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.question import Question
from vivavoce.services.drafts import open_drafts
from vivavoce.services.drawn import next_numbers
from vivavoce.services.practise import Planned, plan
from vivavoce.services.progress import Progress, progress
from vivavoce.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A draft and its question as it was asked."""

    draft: Draft
    question: Question


@dataclass(frozen=True, slots=True)
class Overview:
    """What a learner sees first."""

    planned: tuple[Planned, ...]
    unfinished: tuple[Unfinished, ...]
    progress: Progress
    next_due: datetime | None
    """When the next card comes back, if nothing is due."""
    problems: int
    """Diagnostics of the packs."""

    first: Question | None
    """The first of the plan, as it will be asked."""

    @property
    def due(self) -> int:
        return sum(not p.new for p in self.planned)

    @property
    def new(self) -> int:
        return sum(p.new for p in self.planned)

    @property
    def minutes(self) -> float:
        """Expected time for the whole plan: answering, and half as long again for reading the result."""
        return sum(p.question.minutes * 1.5 for p in self.planned)


def overview(ws: Workspace, zone: tzinfo | None = None) -> Overview:
    """Everything of the home page, as of now."""
    now = ws.clock()
    questions = ws.library.bank.questions
    planned = plan(ws, zone=zone)
    first = planned[0].question if planned else None
    coming = [card.due for item, card in ws.cards().items() if card.due > now and item in questions]
    return Overview(
        planned=planned,
        unfinished=tuple(Unfinished(d, as_asked(questions[d.item], d.numbers)) for d in open_drafts(ws)),
        progress=progress(ws, zone=zone),
        next_due=min(coming, default=None),
        problems=len(ws.library.current().diagnostics) + sum(bool(p.problem) for p in ws.library.packs),
        first=as_asked(first, next_numbers(ws, first)) if first else None,
    )
