"""Numbers for the server-made drawings; the templates only write them down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from vivavoce.domain.attempt import Score
from vivavoce.services.progress import Day

STACK_ORDER = ("strong", "learning", "due", "weak", "new")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar, in hundredths of its width."""

    name: str
    count: float
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Column:
    """A day of the activity chart."""

    day: Day
    x: float
    y: float
    height: float
    label: str


def stack(counts: Mapping[str, float], order: Sequence[str] = STACK_ORDER) -> tuple[Piece, ...]:
    """One bar of the parts that are not zero, in `order`."""
    total = sum(counts.get(name, 0) for name in order)
    pieces, x = [], 0.0
    for name in order:
        count = counts.get(name, 0)
        if total and count:
            width = 100 * count / total
            pieces.append(Piece(name, count, round(x, 2), round(width, 2)))
            x += width
    return tuple(pieces)


def score_bar(score: Score) -> tuple[Piece, ...]:
    """Earned, claimed and open points, beside what is missing."""
    missing = max(0.0, score.total - score.earned - score.claimed - score.open)
    parts = {"earned": score.earned, "claimed": score.claimed, "open": score.open, "empty": missing}
    return stack(parts, tuple(parts))


COLUMN_WIDTH, COLUMN_GAP, CHART_HEIGHT = 26, 8, 70


def activity(days: Sequence[Day]) -> tuple[Column, ...]:
    """One column a day; the tallest fills the height, and a scale below five answers does not exaggerate."""
    most = max([5, *(d.answers for d in days)])
    columns = []
    for n, day in enumerate(days):
        height = round(CHART_HEIGHT * day.answers / most, 1) if day.answers else 2.0
        label = f"{day.day:%a}"[:2] if n % 2 == (len(days) - 1) % 2 else ""
        columns.append(Column(day, n * (COLUMN_WIDTH + COLUMN_GAP), CHART_HEIGHT - height, height, label))
    return tuple(columns)
