"""How good decisions are, with intervals that respect that answers to one question are alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Labels = npt.NDArray[Any]
RESAMPLES = 1000


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its 95 % interval."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


def macro_f1(truth: Labels, said: Labels) -> float:
    """Mean over the classes of `truth` of the harmonic mean of precision and recall."""
    return float(np.mean([f1(truth == c, said == c) for c in np.unique(truth)]))


def f1(truth: Labels, said: Labels) -> float:
    """For one class, of booleans."""
    hit = float((truth & said).sum())
    return 2.0 * hit / max(float(truth.sum() + said.sum()), 1.0)


def precision(truth: Labels, said: Labels) -> float:
    """Share of what was said that is true; 1 when nothing was said."""
    return float((truth & said).sum() / said.sum()) if said.any() else 1.0


def recall(truth: Labels, said: Labels) -> float:
    """Share of what is true that was said; 1 when nothing is true."""
    return float((truth & said).sum() / truth.sum()) if truth.any() else 1.0


def kappa(truth: Labels, said: Labels) -> float:
    """Cohen's: agreement beyond that of two raters who guess with the same frequencies."""
    classes = np.unique(np.concatenate([truth, said]))
    agreed = float((truth == said).mean())
    chance = float(sum((truth == c).mean() * (said == c).mean() for c in classes))
    return 1.0 if chance >= 1.0 else (agreed - chance) / (1.0 - chance)


def calibration_error(truth: Labels, probability: Labels, bins: int = 10) -> float:
    """Expected calibration error: mean distance of stated and observed frequency over equal bins of probability."""
    bin_of = np.minimum((probability * bins).astype(int), bins - 1)
    gaps = [
        (bin_of == b).mean() * abs(probability[bin_of == b].mean() - truth[bin_of == b].mean())
        for b in range(bins)
        if (bin_of == b).any()
    ]
    return float(np.sum(gaps))


def with_interval(measure: Callable[[npt.NDArray[np.int64]], float], clusters: Sequence[str], seed: int) -> Figure:
    """`measure` of all row indices, and its spread when whole clusters (questions) are drawn with replacement."""
    names, cluster_of = np.unique(np.asarray(clusters), return_inverse=True)
    members = [np.flatnonzero(cluster_of == i) for i in range(len(names))]
    rng = np.random.default_rng(seed)
    drawn = [
        measure(np.concatenate([members[i] for i in rng.integers(0, len(members), len(members))]))
        for _ in range(RESAMPLES)
    ]
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Figure(measure(np.arange(len(cluster_of))), float(low), float(high))
