"""Boxes of a diagram from places on a grid to rectangles: wide enough for their words, apart enough for arrows."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from vivavoce.domain.exhibit import Box, Diagram, Shape, Tone

SIZE, SMALL = 13.0, 12.0
"""Of letters, in units of the drawing."""
LEADING = 16.0
PAD_X, PAD_Y = 11.0, 9.0
GAP_X, GAP_Y = 40.0, 28.0
"""Between two boxes; an arrow of this length is still seen as one."""
EMPTY_X, EMPTY_Y = 26.0, 34.0
"""Between the middles of two columns or rows whose boxes do not meet."""
FRAME_PAD, FRAME_WORDS = 11.0, 18.0
WRAP = {1: 26, 2: 26, 3: 22, 4: 17}
"""Columns to the length of a line; more columns, shorter lines."""
WRAP_OTHERWISE = 14
LABEL_WRAP = 17
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def left(self) -> float:
        return self.x - self.width / 2

    @property
    def right(self) -> float:
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        return self.y - self.height / 2

    @property
    def bottom(self) -> float:
        return self.y + self.height / 2

    def grown(self, by: float) -> Rect:
        return Rect(self.x, self.y, self.width + 2 * by, self.height + 2 * by)

    def overlap(self, other: Rect) -> float:
        """Area that both cover."""
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0.0, across) * max(0.0, down)

    def holds(self, x: float, y: float) -> bool:
        return self.left < x < self.right and self.top < y < self.bottom


@dataclass(frozen=True, slots=True)
class Placed:
    """A box with its words broken into lines and its place."""

    box: Box
    lines: tuple[str, ...]
    rect: Rect


def text_width(text: str, size: float = SIZE) -> float:
    """About how wide a text is; rather too wide, because nobody knows the reader's font."""
    return size * sum(_letter(c) for c in text)


def broken(text: str, wrap: int) -> tuple[str, ...]:
    """A text in lines of about `wrap` characters, no more than three where the words allow it."""
    own = text.split("\n")
    lines: list[str] = []
    for width in range(wrap, max(60, wrap + 1)):
        lines = [part for line in own for part in textwrap.wrap(line, width, break_long_words=False) or [""]]
        if len(lines) <= max(MOST_LINES, len(own)):
            break
    return tuple(lines)


def placed(diagram: Diagram) -> dict[str, Placed]:
    """Every box with its rectangle. No two boxes of different places overlap."""
    boxes = diagram.boxes
    columns = len({math.floor(box.column) for box in boxes.values()})
    wrap = WRAP.get(columns, WRAP_OTHERWISE)
    lines = {name: broken(box.says, wrap) for name, box in boxes.items()}
    sizes = {name: _size(box, lines[name]) for name, box in boxes.items()}
    across = _across(diagram, sizes)
    down = _down(diagram, sizes, {name: across(box.column) for name, box in boxes.items()})
    return {
        name: Placed(box, lines[name], Rect(across(box.column), down(box.row), *sizes[name]))
        for name, box in boxes.items()
    }


def _size(box: Box, lines: tuple[str, ...]) -> tuple[float, float]:
    bold = 1.07 if box.tone is Tone.ACCENT else 1.0
    words = bold * max(text_width(line) for line in lines)
    height = LEADING * len(lines)
    if box.shape is Shape.PLAIN:
        return words + 6, height + 4
    if box.shape is Shape.ROUND:
        # A circle for a letter or two, an ellipse around more.
        across = max(36.0, words + 18 if len(lines) == 1 else 1.25 * words + 18)
        return across, max(36.0, height + 18) if across > 52 else max(across, height + 18)
    return max(40.0, words + 2 * PAD_X), height + 2 * PAD_Y


def _across(diagram: Diagram, sizes: Mapping[str, tuple[float, float]]) -> Callable[[float], float]:
    """Column to x. Starts narrow and widens for every pair of boxes that would come too near."""
    ruler = _Ruler([box.column for box in diagram.boxes.values()], EMPTY_X)
    for a, b in _pairs(diagram, "column"):
        one, other = diagram.boxes[a], diagram.boxes[b]
        rows, columns = abs(one.row - other.row), other.column - one.column
        if rows >= 2 or (rows >= 1 and columns < 1):
            continue
        words = [_label_width(arrow.says) for arrow in diagram.arrows if {arrow.source, arrow.target} == {a, b}]
        if rows < 1:
            gap = max(GAP_X, *(width + 22 for width in words if width), 0) if words else GAP_X * 0.6
        else:
            # Along a slope words stand beside the line and need less of the way.
            gap = max(GAP_X * 0.8, *(0.5 * width + 22 for width in words)) if words else 8.0
        gap += FRAME_PAD * 1.2 * _frames_between(diagram, a, b)
        ruler.keep_apart(one.column, other.column, (sizes[a][0] + sizes[b][0]) / 2 + gap)
    return ruler.place


def _down(
    diagram: Diagram, sizes: Mapping[str, tuple[float, float]], middles: Mapping[str, float]
) -> Callable[[float], float]:
    """Row to y, in the same way, for boxes that stand over one another."""
    ruler = _Ruler([box.row for box in diagram.boxes.values()], EMPTY_Y)
    for a, b in _pairs(diagram, "row"):
        half = (sizes[a][0] + sizes[b][0]) / 2 + 8
        joined = [arrow for arrow in diagram.arrows if {arrow.source, arrow.target} == {a, b}]
        labelled = [len(broken(arrow.says, LABEL_WRAP)) for arrow in joined if arrow.says]
        near = abs(middles[a] - middles[b]) < half
        if not near and not labelled and not _frames_between(diagram, a, b):
            continue
        gap = GAP_Y if near else 4.0
        gap = max([gap, *(SMALL * 1.2 * n + 14 for n in labelled)]) + FRAME_PAD * 1.2 * _frames_between(diagram, a, b)
        lower = [f for f in diagram.frames if b in f.around and a not in f.around and f.says]
        gap += FRAME_WORDS * bool(lower)
        ruler.keep_apart(
            diagram.boxes[a].row, diagram.boxes[b].row, (sizes[a][1] + sizes[b][1]) / 2 + gap if near else gap
        )
    return ruler.place


def _pairs(diagram: Diagram, along: str) -> list[tuple[str, str]]:
    """Pairs of boxes in rising order along an axis, neighbours first."""
    order = sorted(diagram.boxes, key=lambda name: float(getattr(diagram.boxes[name], along)))
    where = {name: float(getattr(diagram.boxes[name], along)) for name in order}
    pairs = [(a, b) for n, a in enumerate(order) for b in order[n + 1 :] if where[b] > where[a]]
    return sorted(pairs, key=lambda pair: where[pair[1]] - where[pair[0]])


def _frames_between(diagram: Diagram, a: str, b: str) -> int:
    return sum((a in frame.around) != (b in frame.around) for frame in diagram.frames)


def _label_width(says: str) -> float:
    return max((text_width(line, SMALL) for line in broken(says, LABEL_WRAP)), default=0.0) if says else 0.0


class _Ruler:
    """Places on one axis: whole numbers at distances that only grow, and everything else in between by its share."""

    def __init__(self, places: list[float], least: float) -> None:
        self._first = math.floor(min(places))
        self._gaps = [least] * max(1, math.ceil(max(places)) - self._first)

    def place(self, at: float) -> float:
        return sum(share * gap for share, gap in zip(self._shares(self._first, at), self._gaps, strict=True))

    def keep_apart(self, low: float, high: float, distance: float) -> None:
        """Widen the gaps between two places until they are `distance` apart."""
        shares = self._shares(low, high)
        missing = distance - sum(share * gap for share, gap in zip(shares, self._gaps, strict=True))
        weight = sum(share * share for share in shares)
        if missing > 0 and weight:
            self._gaps = [gap + missing * share / weight for share, gap in zip(shares, self._gaps, strict=True)]

    def _shares(self, low: float, high: float) -> list[float]:
        """How much of each gap lies between two places."""
        return [max(0.0, min(high, self._first + n + 1) - max(low, self._first + n)) for n in range(len(self._gaps))]


def _letter(c: str) -> float:
    if c in "ijlI.,;:'|!()[]{}ft/ ·":
        return 0.34
    if c in "mwMW@%—…":
        return 0.9
    if c.isupper():
        return 0.7
    if ord(c) >= 0x2E80:
        return 1.0
    return 0.57
