"""Differences of cumulative counts in the sorted samples."""

import numpy as np


def population_stability_index(reference, current, edges, epsilon=1e-4):
    def share(x):
        below = np.searchsorted(np.sort(x), edges, side="left")
        counts = np.diff(np.r_[0, below, len(x)])
        return [max(c / len(x), epsilon) for c in counts]

    parts = [(b - a) * (np.log(b) - np.log(a)) for a, b in zip(share(reference), share(current), strict=True)]
    return sum(parts), np.array(parts)
