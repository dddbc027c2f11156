"""The map of concepts: what builds on what, where the learner stands with each, and what to learn next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Status
from vivavoce.services.browse import Row, Standing, rows
from vivavoce.services.workspace import Workspace

SUGGESTED = 3
"""Concepts to learn next: enough for a choice, few enough to begin."""


@dataclass(frozen=True, slots=True)
class Place:
    """A concept on the map."""

    concept: Concept
    layer: int
    """0 for what needs nothing; otherwise one more than the deepest of what it needs."""
    needs: tuple[str, ...]
    """Its prerequisites that are in the bank."""
    counts: Mapping[Standing, int]
    """Its ready questions by standing."""

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def answered(self) -> int:
        return self.total - self.counts.get(Standing.NEW, 0)

    @property
    def strong(self) -> int:
        return self.counts.get(Standing.STRONG, 0)

    @property
    def standing(self) -> Standing | None:
        """The word for the whole: weak and due are said before what goes well; None without questions."""
        if not self.total:
            return None
        for first in (Standing.WEAK, Standing.DUE):
            if self.counts.get(first, 0):
                return first
        if not self.answered:
            return Standing.NEW
        return Standing.STRONG if 2 * self.strong >= self.total else Standing.LEARNING

    @property
    def known(self) -> bool:
        """Well enough to build on: at least half of it answered, and nothing of it weak.

        What is due was known and only wants refreshing. Where there is nothing to answer yet, nothing is held back.
        """
        return not self.total or (not self.counts.get(Standing.WEAK, 0) and 2 * self.answered >= self.total)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept that can be learned now, and why it."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class ConceptMap:
    """Every concept in teaching order, and the first ones to learn."""

    places: Mapping[str, Place]
    next: tuple[Suggestion, ...]

    @property
    def layers(self) -> tuple[tuple[Place, ...], ...]:
        """The places by layer, each in teaching order."""
        depth = 1 + max((place.layer for place in self.places.values()), default=-1)
        return tuple(tuple(p for p in self.places.values() if p.layer == n) for n in range(depth))

    def followers(self, concept_id: str) -> tuple[Place, ...]:
        """What builds directly on a concept."""
        return tuple(place for place in self.places.values() if concept_id in place.needs)


def concept_map(ws: Workspace) -> ConceptMap:
    """The map as of now."""
    return mapped(tuple(ws.library.bank.concepts.values()), rows(ws))


def mapped(concepts: Sequence[Concept], listed: Sequence[Row]) -> ConceptMap:
    """The map of `concepts`, which come prerequisites first, from where their questions stand.

    A prerequisite that comes later (one of a circle) draws no line.
    """
    counts: dict[str, Counter[Standing]] = {}
    for row in listed:
        if row.question.status is Status.READY:
            counts.setdefault(row.question.id.concept, Counter())[row.standing] += 1
    places: dict[str, Place] = {}
    for concept in concepts:
        needs = tuple(need for need in concept.prerequisites if need in places)
        layer = 1 + max((places[need].layer for need in needs), default=-1)
        places[concept.id] = Place(concept, layer, needs, counts.get(concept.id, Counter()))
    return ConceptMap(places, _next(places))


def _next(places: Mapping[str, Place]) -> tuple[Suggestion, ...]:
    """What is begun comes before what is new; within both, teaching order."""
    open_now = [p for p in places.values() if not p.known and all(places[need].known for need in p.needs)]
    order = sorted(open_now, key=lambda place: not place.answered)
    return tuple(Suggestion(place, _reason(place, places)) for place in order[:SUGGESTED])


def _reason(place: Place, places: Mapping[str, Place]) -> str:
    weak = place.counts.get(Standing.WEAK, 0)
    if weak:
        return f"{weak} of {_counted(place.total, 'question')} went badly last time"
    if place.answered:
        return f"begun: {place.answered} of {_counted(place.total, 'question')} answered"
    builds = [need for need in place.needs if places[need].total]
    if builds:
        return f"builds on {_listed([places[need].concept.title for need in builds])}, which you know"
    opens = sum(place.concept.id in other.needs for other in places.values())
    return "needs nothing before it" + (f", and {_counted(opens, 'concept')} build on it" if opens > 1 else "")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else "".join(names)
