"""A diagram measured out: its template only writes it down. Nothing here is random; the same diagram looks the same."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from vivavoce.domain.exhibit import Arrow, Diagram, Frame, Shape
from vivavoce.surfaces.web.diagram_arrows import Route, Words, route, words_beside
from vivavoce.surfaces.web.diagram_grid import (
    FRAME_PAD,
    FRAME_WORDS,
    LEADING,
    SMALL,
    Placed,
    Rect,
    broken,
    placed,
    text_width,
)

MARGIN = 6.0
STEP = 80
"""Of the sizes that the style sheet knows: a drawing is never shown much smaller than it is."""
MOST_STEPS = 14


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text by the middle of its base."""

    x: float
    y: float
    words: str


@dataclass(frozen=True, slots=True)
class DrawnBox:
    """A box ready to be drawn."""

    shape: str
    tone: str
    rect: Rect
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow ready to be drawn."""

    path: str
    head: str
    dashed: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class DrawnFrame:
    """A frame ready to be drawn."""

    rect: Rect
    words: str


@dataclass(frozen=True, slots=True)
class DrawnDiagram:
    """Everything of a diagram with its place."""

    kind = "diagram"
    title: str
    left: float
    top: float
    width: float
    height: float
    step: int
    """Which of the least widths of the style sheet applies."""
    boxes: tuple[DrawnBox, ...]
    arrows: tuple[DrawnArrow, ...]
    frames: tuple[DrawnFrame, ...]


def drawn_diagram(diagram: Diagram) -> DrawnDiagram:
    """The diagram with every coordinate. Words of arrows keep off boxes, frames' words and one another."""
    boxes = placed(diagram)
    frames = [_frame(frame, boxes) for frame in diagram.frames]
    titles = [_title_rect(frame) for frame in frames if frame.words]
    routes = [(arrow, route(arrow, boxes, diagram.arrows)) for arrow in diagram.arrows]
    rects = [box.rect for box in boxes.values()]
    words = _all_words(routes, rects, titles)
    corners = [*rects, *(frame.rect for frame in frames), *(w.rect for w in words.values()), *_extent(routes)]
    left, right = min(r.left for r in corners) - MARGIN, max(r.right for r in corners) + MARGIN
    top, bottom = min(r.top for r in corners) - MARGIN, max(r.bottom for r in corners) + MARGIN
    return DrawnDiagram(
        title=diagram.title,
        left=round(left, 1),
        top=round(top, 1),
        width=round(right - left, 1),
        height=round(bottom - top, 1),
        step=min(MOST_STEPS, math.ceil((right - left) / STEP)),
        boxes=tuple(_box(box) for box in boxes.values()),
        arrows=tuple(
            DrawnArrow(way.path, way.head, arrow.dashed, _lines(words[n], SMALL) if n in words else ())
            for n, (arrow, way) in enumerate(routes)
        ),
        frames=tuple(frames),
    )


def _all_words(routes: list[tuple[Arrow, Route]], rects: list[Rect], titles: list[Rect]) -> dict[int, Words]:
    """The words of arrows by number, the longest first: they have the fewest places to go."""
    found: dict[int, Words] = {}
    for n in sorted(range(len(routes)), key=lambda n: -len(routes[n][0].says)):
        arrow, way = routes[n]
        if arrow.says:
            others = [other for m, (_, other) in enumerate(routes) if m != n]
            found[n] = words_beside(way, arrow.says, rects, [*titles, *(w.rect for w in found.values())], others)
    return found


def _box(box: Placed) -> DrawnBox:
    first = box.rect.y - LEADING * (len(box.lines) - 1) / 2 + 4.5
    lines = tuple(Line(round(box.rect.x, 1), round(first + LEADING * n, 1), words) for n, words in enumerate(box.lines))
    shape = "ellipse" if box.box.shape is Shape.ROUND else "plain" if box.box.shape is Shape.PLAIN else "box"
    return DrawnBox(shape, box.box.tone.value, box.rect, lines)


def _frame(frame: Frame, boxes: dict[str, Placed]) -> DrawnFrame:
    inside = [boxes[name].rect for name in frame.around]
    left, right = min(r.left for r in inside) - FRAME_PAD, max(r.right for r in inside) + FRAME_PAD
    top, bottom = min(r.top for r in inside) - FRAME_PAD, max(r.bottom for r in inside) + FRAME_PAD
    top -= FRAME_WORDS * bool(frame.says)
    words = " ".join(broken(frame.says, 60)) if frame.says else ""
    right = max(right, left + text_width(words, SMALL) + 16)
    return DrawnFrame(Rect((left + right) / 2, (top + bottom) / 2, right - left, bottom - top), words)


def _title_rect(frame: DrawnFrame) -> Rect:
    width = text_width(frame.words, SMALL) + 8
    return Rect(frame.rect.left + 8 + width / 2, frame.rect.top + 11, width, SMALL * 1.3)


def _lines(words: Words, size: float) -> tuple[Line, ...]:
    first = words.rect.top + size * 0.95
    return tuple(
        Line(round(words.rect.x, 1), round(first + size * 1.2 * n, 1), line) for n, line in enumerate(words.lines)
    )


def _extent(routes: Iterable[tuple[Arrow, Route]]) -> list[Rect]:
    return [Rect(x, y, 2, 2) for _, way in routes for x, y in way.points]
