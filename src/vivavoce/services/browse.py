"""Find a question or a concept: filters, search, and where the learner stands with each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vivavoce.content.bank import Bank
from vivavoce.content.search import Hit
from vivavoce.domain.concept import Concept
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Level, Question, Status
from vivavoce.domain.review import Card
from vivavoce.services.library import Library
from vivavoce.services.workspace import Workspace
from vivavoce.settings import ROLES
from vivavoce.storage.base import Latest

WEAK_BELOW = 0.5
"""Last score under which an item counts as weak."""

LIKELY_FROM = 0.3
"""Chance of being asked in an interview loop, by its author's estimate, from which a question belongs to a role."""


class Standing(StrEnum):
    """Where a learner stands with an item."""

    NEW = "new"
    DUE = "due"
    WEAK = "weak"
    LEARNING = "learning"
    STRONG = "strong"


STRONG_STABILITY_DAYS = 14.0
"""Memory expected to hold two weeks at the desired retention counts as strong."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question in a list."""

    question: Question
    concept: Concept
    standing: Standing
    last_score: float | None
    due: datetime | None
    attempts: int


@dataclass(frozen=True, slots=True)
class ConceptPage:
    """A concept with its questions and its place among the others."""

    concept: Concept
    rows: tuple[Row, ...]
    prerequisites: tuple[Concept, ...]
    follows: tuple[Concept, ...]


@dataclass(frozen=True, slots=True)
class Filters:
    """Empty means any."""

    concept: str = ""
    area: str = ""
    level: str = ""
    kind: str = ""
    standing: str = ""
    role: str = ""
    """Asked of people who apply for it: see `LIKELY_FROM`."""

    def fit(self, question: Question, bank: Bank) -> bool:
        """Whether a question passes all but `standing`, which is not the question's but the learner's."""
        return (
            self.concept in ("", question.id.concept)
            and self.area in ("", bank.concept(question.id.concept).area)
            and self.level in ("", question.level.value)
            and self.kind in ("", question.kind.value)
            and (not self.role or question.likelihood.get(self.role, 0.0) >= LIKELY_FROM)
        )


def rows(ws: Workspace, filters: Filters | None = None) -> tuple[Row, ...]:
    """The questions that pass `filters`, drafts among them, by prerequisite order, then level.

    Unknown values match nothing.
    """
    wanted = filters or Filters()
    bank = ws.library.bank
    questions = [q for q in bank.questions.values() if q.status is not Status.RETIRED and wanted.fit(q, bank)]
    found = _rows(ws, questions, ws.store.latest())
    return tuple(r for r in found if wanted.standing in ("", r.standing.value))


def search(where: Workspace | Library, text: str, limit: int = 30) -> list[Hit]:
    """Questions and concepts that fit `text`, the best first; misspelt words still find theirs."""
    library = where if isinstance(where, Library) else where.library
    return library.current().search.search(text, limit)


def concept_page(ws: Workspace, concept_id: str) -> ConceptPage:
    """Raises `UnknownItemError` with the nearest concepts."""
    bank = ws.library.bank
    concept = bank.concept(concept_id)
    return ConceptPage(
        concept=concept,
        rows=rows(ws, Filters(concept=concept.id)),
        prerequisites=tuple(bank.concepts[p] for p in concept.prerequisites if p in bank.concepts),
        follows=tuple(bank.follows(concept.id)),
    )


def row(ws: Workspace, question: Question) -> Row:
    """One question as it stands in a list."""
    return _rows(ws, [question], ws.store.latest(question.id))[0]


def choices(ws: Workspace) -> dict[str, tuple[str, ...]]:
    """What each filter can be set to, in the order to show."""
    bank = ws.library.bank
    shown = [q for q in bank.questions.values() if q.status is not Status.RETIRED]
    return {
        "concept": tuple(bank.concepts),
        "area": tuple(dict.fromkeys(c.area for c in bank.concepts.values())),
        "level": tuple(level.value for level in Level if any(q.level is level for q in shown)),
        "kind": tuple(sorted({q.kind.value for q in shown})),
        "standing": tuple(s.value for s in Standing),
        "role": ROLES,
    }


def standing(card: Card | None, last_score: float | None, now: datetime) -> Standing:
    """New without a review; weak after a poor last answer; then due, strong or learning."""
    if card is None:
        return Standing.NEW
    if last_score is not None and last_score < WEAK_BELOW:
        return Standing.WEAK
    if card.due <= now:
        return Standing.DUE
    return Standing.STRONG if card.stability >= STRONG_STABILITY_DAYS else Standing.LEARNING


def _rows(ws: Workspace, questions: Iterable[Question], latest: Mapping[ItemId, Latest]) -> tuple[Row, ...]:
    bank, cards, now = ws.library.bank, ws.cards(), ws.clock()
    result = []
    for question in questions:
        card, last = cards.get(question.id), latest.get(question.id)
        last_score = last.record.score.fraction_with_claims if last else None
        result.append(
            Row(
                question=question,
                concept=bank.concept(question.id.concept),
                standing=standing(card, last_score, now),
                last_score=last_score,
                due=card.due if card else None,
                attempts=last.attempts if last else 0,
            )
        )
    return tuple(result)
