"""How far one arm of a lab lies from another in one seed: the one rule by which verdicts and pictures compare."""

from __future__ import annotations

import math

from vivavoce.domain.lab import Measure


def gap(first: float, second: float, measure: Measure) -> float:
    """The difference, or that of the base-10 logarithms for a `log` measure.

    What diverged (is not a number) counts as the worst value there is, where one is worst; otherwise the gap is not a
    number either. A value that is not positive has the logarithm minus infinity. Two infinities of one sign are equal.
    """
    worst = {"higher": -math.inf, "lower": math.inf}.get(measure.better, math.nan)
    a, b = (worst if math.isnan(v) else _log10(v) if measure.log else v for v in (first, second))
    return 0.0 if a == b else a - b


def _log10(value: float) -> float:
    return math.log10(value) if value > 0 else -math.inf
