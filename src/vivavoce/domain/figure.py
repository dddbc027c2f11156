"""A figure of a lesson or a question: what a person would draw on the whiteboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from vivavoce.domain.exhibit import Bars, Curves, Diagram, Matrix, Points

FIGURE_MARK = re.compile(r"^[ \t]*\[figure:[ \t]*([a-z0-9-]+)[ \t]*\][ \t]*$", re.MULTILINE)
"""Names a figure of the concept, alone on a line of its lesson: `[figure: one-step]`."""
ANY_FIGURE_MARK = re.compile(r"\[figure:([^\]\n]*)\]")
"""Whatever looks like one, wherever it stands."""

Picture = Diagram | Curves | Bars | Matrix | Points


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its words."""

    id: str
    caption: str
    """Below it: what to see in it. Markdown."""
    alt: str
    """What it shows, for those who cannot see it."""
    picture: Picture

    @property
    def title(self) -> str:
        return self.picture.title


@dataclass(frozen=True, slots=True)
class LessonPart:
    """A stretch of a lesson, or the id of the figure that stands between two."""

    text: str = ""
    figure: str = ""


def lesson_parts(lesson: str) -> Iterator[LessonPart]:
    """The lesson cut at its figures, in order; stretches without words are left out."""
    at = 0
    for mark in FIGURE_MARK.finditer(lesson):
        if lesson[at : mark.start()].strip():
            yield LessonPart(text=lesson[at : mark.start()].strip("\n"))
        yield LessonPart(figure=mark[1])
        at = mark.end()
    if lesson[at:].strip():
        yield LessonPart(text=lesson[at:].strip("\n"))


def without_figures(text: str) -> str:
    """A text without marks of figures: for lists, search and terminals."""
    return ANY_FIGURE_MARK.sub("", text)
