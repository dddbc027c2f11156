"""Arrows between placed boxes: straight where nothing stands in the way, bent around what does, words beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.domain.exhibit import Arrow, Shape
from vivavoce.surfaces.web.diagram_grid import LABEL_WRAP, SMALL, Placed, Rect, broken, text_width

HEAD = 8.0
ASIDE = 6.0
"""Of two arrows between the same boxes."""
LOOP = 30.0
BENDS = (34.0, 48.0, 64.0, 84.0, 108.0, 136.0, 170.0)
_SAMPLES = 24

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Route:
    """The way of one arrow."""

    path: str
    """As SVG writes it, without the head."""
    head: str
    """Corners of the head."""
    points: tuple[Point, ...]
    """Along the way, for keeping words off it."""


@dataclass(frozen=True, slots=True)
class Words:
    """Lines of text around a middle."""

    lines: tuple[str, ...]
    rect: Rect


def route(arrow: Arrow, boxes: Mapping[str, Placed], arrows: Sequence[Arrow], taken: Iterable[Rect] = ()) -> Route:
    """The way of an arrow that touches the fewest boxes; the straight one when it touches none."""
    source, target = boxes[arrow.source], boxes[arrow.target]
    others = [box.rect.grown(3) for name, box in boxes.items() if name not in (arrow.source, arrow.target)]
    others += list(taken)
    if arrow.source == arrow.target:
        return min((_loop(source.rect, side) for side in range(4)), key=lambda found: _touched(found.points, others))
    aside = _aside(arrow, arrows)
    straight = _bent(source, target, 0.0, aside)
    if not _touched(straight.points, others):
        return straight
    ways = [_bent(source, target, sign * bend, 0.0) for bend in BENDS for sign in (1, -1)]
    ways = [straight, *ways]
    return min(ways, key=lambda found: _touched(found.points, others))


def words_beside(way: Route, says: str, boxes: Iterable[Rect], words: Iterable[Rect], ways: Iterable[Route]) -> Words:
    """The words of an arrow, beside its middle where they cover nothing."""
    lines = broken(says, LABEL_WRAP)
    width = max(text_width(line, SMALL) for line in lines)
    height = SMALL * 1.2 * len(lines)
    boxes, words, ways = [*boxes], [*words], [*ways]
    best, least = Rect(*way.points[len(way.points) // 2], width, height), math.inf
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82):
        (x, y), (dx, dy) = _along(way.points, share)
        # Above a level line and to the right of a steep one comes first.
        nx, ny = (dy, -dx) if (dx, -dy) > (0, 0) or abs(dx) < 1e-9 < dy else (-dy, dx)
        for side in (1, -1):
            away = (abs(nx) * width + abs(ny) * height) / 2 + 5
            rect = Rect(x + side * nx * away, y + side * ny * away, width, height)
            cost = 60 * abs(share - 0.5) + (side < 0) * 4
            cost += 3 * sum(rect.grown(4).overlap(other) for other in boxes)
            cost += 3 * sum(rect.grown(1).overlap(other) for other in words)
            cost += 25 * sum(_touched(other.points, [rect]) for other in ways)
            if cost < least:
                best, least = rect, cost
    return Words(lines, best)


def _aside(arrow: Arrow, arrows: Sequence[Arrow]) -> float:
    same = [a for a in arrows if {a.source, a.target} == {arrow.source, arrow.target} and a.source != a.target]
    if len(same) < 2:
        return 0.0
    if any(a.source != arrow.source for a in same):
        return ASIDE  # each keeps to its own right, so that the two do not meet
    return 2 * ASIDE * (next(n for n, a in enumerate(same) if a is arrow) - (len(same) - 1) / 2)


def _bent(source: Placed, target: Placed, bend: float, aside: float) -> Route:
    a, b = source.rect, target.rect
    dx, dy = b.x - a.x, b.y - a.y
    length = math.hypot(dx, dy) or 1.0
    nx, ny = -dy / length, dx / length
    ax, ay, bx, by = a.x + nx * aside, a.y + ny * aside, b.x + nx * aside, b.y + ny * aside
    if not bend:
        start, end = _border(source, (ax, ay), (bx, by)), _border(target, (bx, by), (ax, ay))
        return _finished((start, end), straight=True)
    middle = ((ax + bx) / 2 + nx * bend * 1.6, (ay + by) / 2 + ny * bend * 1.6)
    start, end = _border(source, (a.x, a.y), middle), _border(target, (b.x, b.y), middle)
    curve = tuple(_quadratic(start, middle, end, n / _SAMPLES) for n in range(_SAMPLES + 1))
    return _finished(curve, control=middle)


def _loop(rect: Rect, side: int) -> Route:
    """A loop over the top, the right, the bottom or the left border."""
    across, away = [((1, 0), (0, -1)), ((0, 1), (1, 0)), ((-1, 0), (0, 1)), ((0, -1), (-1, 0))][side]
    half = (rect.height if away[1] else rect.width) / 2
    room = min(12.0, (rect.width if away[1] else rect.height) / 3)
    x, y = rect.x + away[0] * half, rect.y + away[1] * half
    start = (x - across[0] * room, y - across[1] * room)
    end = (x + across[0] * room, y + across[1] * room)
    lift = LOOP * 1.35
    one = (start[0] - across[0] * 8 + away[0] * lift, start[1] - across[1] * 8 + away[1] * lift)
    two = (end[0] + across[0] * 8 + away[0] * lift, end[1] + across[1] * 8 + away[1] * lift)
    curve = tuple(_cubic(start, one, two, end, n / _SAMPLES) for n in range(_SAMPLES + 1))
    return _finished(curve)


def _finished(points: tuple[Point, ...], *, straight: bool = False, control: Point | None = None) -> Route:
    """Line and head. The line ends inside the head, so that its blunt end does not show."""
    (px, py), (ex, ey) = points[-2], points[-1]
    if control is not None:
        px, py = control
    length = math.hypot(ex - px, ey - py) or 1.0
    ux, uy = (ex - px) / length, (ey - py) / length
    bx, by = ex - ux * HEAD, ey - uy * HEAD
    head = ((ex, ey), (bx - uy * HEAD * 0.45, by + ux * HEAD * 0.45), (bx + uy * HEAD * 0.45, by - ux * HEAD * 0.45))
    short = [p for p in points[:-1] if math.hypot(p[0] - ex, p[1] - ey) > HEAD or p is points[0]]
    line = [*short, (ex - ux * (HEAD - 1), ey - uy * (HEAD - 1))]
    path = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in line)
    if straight:
        points = tuple(
            (points[0][0] + (ex - points[0][0]) * n / _SAMPLES, points[0][1] + (ey - points[0][1]) * n / _SAMPLES)
            for n in range(_SAMPLES + 1)
        )
    return Route(path, " ".join(f"{x:.1f},{y:.1f}" for x, y in head), points)


def _border(placed: Placed, inside: Point, outside: Point) -> Point:
    """Where the way from a point inside a box to one outside leaves it."""
    rect, (x, y) = placed.rect, inside
    dx, dy = outside[0] - x, outside[1] - y
    gap = 2.0
    if placed.box.shape is Shape.ROUND:
        a, b = rect.width / 2 + gap, rect.height / 2 + gap
        # Solve ((x + t dx - cx)/a)^2 + ((y + t dy - cy)/b)^2 = 1 for the positive t.
        ox, oy = x - rect.x, y - rect.y
        p, q = (dx / a) ** 2 + (dy / b) ** 2, 2 * (ox * dx / a**2 + oy * dy / b**2)
        r = (ox / a) ** 2 + (oy / b) ** 2 - 1
        t = (-q + math.sqrt(max(0.0, q * q - 4 * p * r))) / (2 * p) if p else 0.0
    else:
        grown = rect.grown(gap)
        ways = [
            ((grown.right if dx > 0 else grown.left) - x) / dx if dx else math.inf,
            ((grown.bottom if dy > 0 else grown.top) - y) / dy if dy else math.inf,
        ]
        t = min(ways)
    t = min(max(t, 0.0), 1.0) if math.isfinite(t) else 0.0
    return x + t * dx, y + t * dy


def _touched(points: Sequence[Point], rects: Iterable[Rect]) -> int:
    """How many points of a way lie in rectangles."""
    return sum(rect.holds(x, y) for rect in rects for x, y in points)


def _along(points: Sequence[Point], share: float) -> tuple[Point, Point]:
    """A point on a way and the direction there."""
    lengths = [math.dist(a, b) for a, b in pairwise(points)]
    wanted = share * sum(lengths)
    for (a, b), length in zip(pairwise(points), lengths, strict=True):
        if wanted <= length and length:
            t = wanted / length
            return (a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])), (
                (b[0] - a[0]) / length,
                (b[1] - a[1]) / length,
            )
        wanted -= length
    return points[-1], (1.0, 0.0)


def _quadratic(a: Point, b: Point, c: Point, t: float) -> Point:
    u = 1 - t
    return u * u * a[0] + 2 * u * t * b[0] + t * t * c[0], u * u * a[1] + 2 * u * t * b[1] + t * t * c[1]


def _cubic(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )
