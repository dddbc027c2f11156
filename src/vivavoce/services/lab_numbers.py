"""The numbers behind a claim's picture: what each seed gave, arm by arm and as differences, in the unit people read."""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vivavoce.domain.lab import Comparison, Lab, LabClaim, LabResult, Measure, Measurement
from vivavoce.domain.lab_gap import gap

Interval = tuple[float, float, float]
"""Estimate, low, high."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What the seeds gave in one place of the picture."""

    condition: str
    arm: str
    values: tuple[float, ...]
    """By seed; not a number and infinity stay."""
    interval: Interval | None
    """Of the mean (the geometric mean on a logarithm, the share of a yes-or-no) at the run's confidence; None where
    there are fewer than two seeds or one of them is not finite."""


def spreads(lab: Lab, claim: LabClaim, result: LabResult) -> tuple[Spread, ...]:
    """Every arm's values of the measure that a claim tests, in each of its conditions."""
    measure = lab.measures[claim.test.measure]
    found = []
    for condition in lab.conditions_of(claim):
        for arm in lab.arms:
            values = tuple(m.values[condition][arm][measure.name] for m in result.measurements)
            found.append(Spread(condition, arm, values, _interval(values, measure, result.confidence)))
    return tuple(found)


def gaps(
    test: Comparison, measure: Measure, measurements: Sequence[Measurement], condition: str
) -> tuple[tuple[int, float], ...]:
    """Seed and the paired difference (the ratio, on a logarithm) of the two arms; the arm's value against a number."""
    found = []
    for m in measurements:
        arms = m.values[condition]
        first = arms[test.arm][test.measure]
        if isinstance(test.against, str):
            distance = gap(first, arms[test.against][test.measure], measure)
            first = _power(distance) if measure.log else distance
        found.append((m.seed, first))
    return tuple(found)


def _interval(values: Sequence[float], measure: Measure, confidence: float) -> Interval | None:
    if len(values) < 2 or not all(math.isfinite(v) for v in values):
        return None
    if measure.yes_no:
        exact: Callable[[int, int, float], Interval] = pkgutil.resolve_name(f"{_INTERVALS}:clopper_pearson")
        return exact(sum(v > 0.5 for v in values), len(values), confidence)
    student: Callable[[Sequence[float], float], Interval] = pkgutil.resolve_name(f"{_INTERVALS}:student")
    if not measure.log:
        return student(values, confidence)
    if min(values) <= 0:
        return None
    estimate, low, high = student([math.log10(v) for v in values], confidence)
    return _power(estimate), _power(low), _power(high)


def _power(exponent: float) -> float:
    """Ten to a power, which may be infinite."""
    if not -_LARGEST < exponent < _LARGEST:
        return math.nan if math.isnan(exponent) else math.inf if exponent > 0 else 0.0
    return math.pow(10.0, exponent)


_LARGEST = 300
"""Beyond it a power of ten is none that a float can hold."""
_INTERVALS = "vivavoce.engines.lab_runner.intervals"
"""By name: it imports SciPy, which no page needs before the first picture."""
