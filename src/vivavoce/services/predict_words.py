"""What one chooses from when predicting: three ways, three sizes, five degrees of sureness."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

from vivavoce.domain.lab import PLAIN, Effect, Lab, LabClaim, LabResult
from vivavoce.domain.lab_run import SURENESS, Way
from vivavoce.services.lab_words import against_text, margin_text, number, with_unit

_SURE = dict(
    zip(SURENESS, ("hardly more than a guess", "rather", "fairly sure", "quite sure", "nearly certain"), strict=True)
)
_POINTS = (5.0, 20.0)
"""Sizes of differences of percentages whose test has no margin."""
_PARTS = (0.1, 0.5)
"""Sizes of other differences whose test has no margin, as parts of what they differ from."""
_STEPS = (3.0, 10.0)
"""Sizes as multiples of the margin; of a factor that is compared by ratio, its powers 2 and 3."""
_LEAST_FACTOR = 1.5


class _Kind(Enum):
    DIFFERENCE = "difference"
    PART = "part"
    FACTOR = "factor"


@dataclass(frozen=True, slots=True)
class _Edges:
    """Between small and middling, and between middling and large."""

    kind: _Kind
    low: float
    high: float


def asked(lab: Lab, claim: LabClaim, condition: str) -> str:
    """The question in words."""
    measure = lab.measures[claim.test.measure]
    where = f" ({condition})" if condition != PLAIN else ""
    return f"{measure.says}{where}: where will {claim.test.arm} come out against {against_text(claim.test, measure)}?"


def way_words(lab: Lab, claim: LabClaim, way: Way) -> str:
    """One of the three ways as a phrase about the arm."""
    test, measure = claim.test, lab.measures[claim.test.measure]
    against = against_text(test, measure)
    by = margin_text(test.margin, measure, isinstance(test.against, str))
    if way is Way.EQUAL:
        return f"within {by} of {against}" if by else f"no telling it from {against}"
    side = "above" if way is Way.ABOVE else "below"
    return f"more than {by} {side} {against}" if by else f"{side} {against}"


def size_words(lab: Lab, claim: LabClaim) -> tuple[str, ...]:
    """The three sizes as phrases."""
    edges, measure = _edges(lab, claim), lab.measures[claim.test.measure]
    if edges.kind is _Kind.FACTOR:
        low, high = number(edges.low), number(edges.high)
        return f"by up to {low} times", f"by {low} to {high} times", f"by more than {high} times"
    if edges.kind is _Kind.PART:
        against = against_text(claim.test, measure)
        return f"by up to a tenth of {against}", f"by a tenth to a half of {against}", "by more than that"
    low, high = (with_unit(edge, measure, difference=True) for edge in (edges.low, edges.high))
    return f"by up to {low}", f"by {low.partition(' ')[0]} to {high}", f"by more than {high}"


def sure_words(sure: float) -> str:
    """A degree of sureness with its percentage."""
    return f"{_SURE.get(sure, 'sure')}, {sure:.0%}"


def size_of(lab: Lab, claim: LabClaim, effect: Effect, result: LabResult) -> int:
    """Which of the sizes came out. What diverged is large."""
    if effect.counted or effect.estimate is None or not math.isfinite(effect.estimate):
        return 2
    test, measure, edges = claim.test, lab.measures[claim.test.measure], _edges(lab, claim)
    if measure.log:
        ratio = effect.estimate if isinstance(test.against, str) else effect.estimate / test.against
        size = max(ratio, 1 / ratio) if ratio > 0 else math.inf
    else:
        size = abs(effect.estimate if isinstance(test.against, str) else effect.estimate - test.against)
        if edges.kind is _Kind.PART:
            whole = _level(claim, effect, result)
            size = size / abs(whole) if whole else math.inf
    return 0 if size < edges.low else 1 if size < edges.high else 2


def _edges(lab: Lab, claim: LabClaim) -> _Edges:
    test, measure = claim.test, lab.measures[claim.test.measure]
    if measure.log:
        if test.margin <= 1:
            return _Edges(_Kind.FACTOR, 2.0, 10.0)
        base = max(test.margin, _LEAST_FACTOR)
        return _Edges(_Kind.FACTOR, base**2, base**3)
    whole = 1.0 if measure.yes_no else 100.0 if measure.unit in ("%", "points") else math.inf
    if test.margin > 0:
        low, high = (step * test.margin for step in _STEPS)
        return _Edges(_Kind.DIFFERENCE, low, high) if high < whole else _thirds(test.margin, whole)
    if whole < math.inf:
        return _Edges(_Kind.DIFFERENCE, *(points * whole / 100 for points in _POINTS))
    return _Edges(_Kind.PART, *_PARTS)


def _thirds(margin: float, whole: float) -> _Edges:
    """Thirds of what there is between a large margin and all, to the next five points."""
    five = whole / 20
    low, high = (five * round((margin + part * (whole - margin)) / five) for part in (1 / 3, 2 / 3))
    return _Edges(_Kind.DIFFERENCE, low, high)


def _level(claim: LabClaim, effect: Effect, result: LabResult) -> float:
    """What the arm differs from: the number, or the other arm's mean."""
    test = claim.test
    if not isinstance(test.against, str):
        return test.against
    values = [m.values[effect.condition][test.against][test.measure] for m in result.measurements]
    return sum(values) / len(values) if values else math.nan
