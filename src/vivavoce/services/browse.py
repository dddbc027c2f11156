"""Find a question or a concept: filters, search, and where the learner stands with each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from vivavoce.content.search import Hit
from vivavoce.domain.attempt import AttemptRecord, Mode
from vivavoce.domain.concept import Concept
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question, Status
from vivavoce.domain.review import Card
from vivavoce.services.workspace import Workspace

WEAK_BELOW = 0.5
"""Last score under which an item counts as weak."""


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


def rows(ws: Workspace, filters: Filters | None = None) -> tuple[Row, ...]:
    """The questions that pass `filters`, drafts among them, by prerequisite order, then level.

    Unknown values match nothing.
    """
    wanted = filters or Filters()
    bank = ws.library.bank
    questions = (
        q
        for q in bank.questions.values()
        if q.status is not Status.RETIRED
        and wanted.concept in ("", q.id.concept)
        and wanted.area in ("", bank.concept(q.id.concept).area)
        and wanted.level in ("", q.level.value)
        and wanted.kind in ("", q.kind.value)
    )
    found = _rows(ws, questions)
    return tuple(r for r in found if wanted.standing in ("", r.standing.value))


def search(ws: Workspace, text: str, limit: int = 30) -> list[Hit]:
    """Questions and concepts that fit `text`, the best first; misspelt words still find theirs."""
    return ws.library.current().search.search(text, limit)


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
    return _rows(ws, [question])[0]


def choices(ws: Workspace) -> dict[str, tuple[str, ...]]:
    """What each filter can be set to, in the order to show."""
    bank = ws.library.bank
    ready = [q for q in bank.questions.values() if q.status is not Status.RETIRED]
    return {
        "concept": tuple(bank.concepts),
        "area": tuple(dict.fromkeys(c.area for c in bank.concepts.values())),
        "level": tuple(sorted({q.level.value for q in ready}, key=["basic", "intermediate", "advanced"].index)),
        "kind": tuple(sorted({q.kind.value for q in ready})),
        "standing": tuple(s.value for s in Standing),
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


def last_scores(records: Iterable[AttemptRecord]) -> dict[ItemId, tuple[float, int]]:
    """Item to the score of its last practice attempt (claims counted) and the number of attempts."""
    found: dict[ItemId, tuple[float, int]] = {}
    for record in records:  # the newest first
        if record.attempt.mode is Mode.FOLLOW_UP:
            continue
        item = record.attempt.item
        if item in found:
            found[item] = (found[item][0], found[item][1] + 1)
        else:
            found[item] = (record.score.fraction_with_claims, 1)
    return found


def _rows(ws: Workspace, questions: Iterable[Question]) -> tuple[Row, ...]:
    bank, cards, now = ws.library.bank, ws.cards(), ws.clock()
    last = last_scores(ws.store.attempts())
    result = []
    for question in questions:
        card, (last_score, attempts) = cards.get(question.id), last.get(question.id, (None, 0))
        result.append(
            Row(
                question=question,
                concept=bank.concept(question.id.concept),
                standing=standing(card, last_score, now),
                last_score=last_score,
                due=card.due if card else None,
                attempts=attempts,
            )
        )
    return tuple(result)
