"""A case: a broken training run to diagnose in words and to fix in code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vivavoce.domain.exercise import Exercise
from vivavoce.domain.ids import ItemId
from vivavoce.domain.question import Question


@dataclass(frozen=True, slots=True)
class Curves:
    """Lines over a common axis, such as losses over epochs. None is a value that is not finite."""

    title: str
    x_label: str
    y_label: str
    x: tuple[float, ...]
    lines: Mapping[str, tuple[float | None, ...]]
    log_y: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A value for each of a few names, such as the gradient norm of each layer."""

    title: str
    y_label: str
    values: Mapping[str, float | None]
    log_y: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table of numbers with names on both sides, such as a confusion matrix or a batch of inputs."""

    title: str
    row_label: str
    column_label: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: tuple[tuple[float, ...], ...]


@dataclass(frozen=True, slots=True)
class Log:
    """What the script printed, or any other text."""

    title: str
    text: str


Exhibit = Curves | Bars | Matrix | Log
"""What a case shows: its symptom, or the result of a probe."""


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
