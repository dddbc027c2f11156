"""Pictures and texts that a case, a lab or a figure shows. Values only: how they look is for the surfaces to say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


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
class Points:
    """Points of one or more groups over two axes, such as examples of two classes."""

    title: str
    x_label: str
    y_label: str
    groups: Mapping[str, tuple[tuple[float, float], ...]]


class Shape(StrEnum):
    """How a box of a diagram looks."""

    BOX = "box"
    ROUND = "round"
    """A unit of a network."""
    PLAIN = "plain"
    """Words without a border."""


class Tone(StrEnum):
    """What a box of a diagram stands out by."""

    NONE = "none"
    ACCENT = "accent"
    MUTED = "muted"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Box:
    """One thing of a diagram with its place on a grid."""

    says: str
    column: float
    row: float
    shape: Shape = Shape.BOX
    tone: Tone = Tone.NONE


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another, or back to itself."""

    source: str
    target: str
    says: str = ""
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A line around some boxes, with what they are together."""

    around: tuple[str, ...]
    says: str = ""


@dataclass(frozen=True, slots=True)
class Diagram:
    """Boxes on a grid with arrows between them: what one draws on a whiteboard."""

    title: str
    boxes: Mapping[str, Box]
    arrows: tuple[Arrow, ...] = ()
    frames: tuple[Frame, ...] = ()
