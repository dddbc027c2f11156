"""A case: a broken training run to diagnose in words and to fix in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.domain.exercise import Exercise
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question


@dataclass(frozen=True, slots=True)
class Probe:
    """A look inside the run that can be bought."""

    id: str
    title: str
    says: str
    """What it shows, before it is bought."""
    cost: int
    """Points of the hundred that a case is worth."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case. Its script is an exercise: the starter is the broken script, the reference the fixed one."""

    exercise: Exercise
    diagnosis: Question
    """What is wrong and why, graded by rubric. It has the case's id."""
    story: str
    """What the reader is told of the run. Markdown."""
    probes: Mapping[str, Probe] = field(default_factory=dict)

    @property
    def id(self) -> ItemId:
        return self.exercise.id
