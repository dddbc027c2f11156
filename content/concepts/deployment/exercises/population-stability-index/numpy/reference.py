import numpy as np


def _shares(values, edges, epsilon):
    bins = np.digitize(values, edges)  # how many borders are <= the value
    return np.maximum(np.bincount(bins, minlength=len(edges) + 1) / len(values), epsilon)


def population_stability_index(reference, current, edges, epsilon=1e-4):
    """The index of `current` (m,) against `reference` (n,), bins with inner `edges` (k - 1,), and its parts (k,)."""
    p = _shares(reference, edges, epsilon)
    q = _shares(current, edges, epsilon)
    contributions = (q - p) * np.log(q / p)
    return contributions.sum(), contributions
