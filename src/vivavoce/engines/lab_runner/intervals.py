"""Exact intervals, from SciPy's distribution functions (`scipy.stats` would take half a second to import)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import betaincinv, stdtrit

Interval = tuple[float, float, float]
"""Estimate, low, high."""


def student(values: Sequence[float], confidence: float) -> Interval:
    """Student's t interval of the mean of independent values (at least two)."""
    n = len(values)
    mean = math.fsum(values) / n
    variance = math.fsum((v - mean) ** 2 for v in values) / (n - 1)
    reach = float(stdtrit(n - 1, 0.5 + confidence / 2)) * math.sqrt(variance / n)
    return mean, mean - reach, mean + reach


def clopper_pearson(hits: int, n: int, confidence: float) -> Interval:
    """Exact binomial interval of a share (Clopper and Pearson 1934)."""
    tail = (1 - confidence) / 2
    low = float(betaincinv(hits, n - hits + 1, tail)) if hits else 0.0
    high = float(betaincinv(hits + 1, n - hits, 1 - tail)) if hits < n else 1.0
    return hits / n, low, high


def paired_shares(only_first: int, only_second: int, n: int, confidence: float) -> Interval:
    """Difference of two paired shares, exact given the number of discordant pairs (the interval of McNemar's test).

    Without discordant pairs, the bounds are those of the chance of one.
    """
    discordant = only_first + only_second
    if not discordant:
        _, _, reach = clopper_pearson(0, n, confidence)
        return 0.0, -reach, reach
    share, low, high = clopper_pearson(only_first, discordant, confidence)
    return tuple((2 * p - 1) * discordant / n for p in (share, low, high))  # type: ignore[return-value]
