"""Sorted by group, sums by reduceat over the groups that occur."""

import numpy as np


def group_statistics(x, groups, count):
    order = np.argsort(groups, kind="stable")
    present, start, size = np.unique(groups[order], return_index=True, return_counts=True)
    rows = x[order]
    sizes = np.zeros(count, dtype=int)
    sizes[present] = size
    means = np.zeros((count, x.shape[1]))
    variances = np.zeros_like(means)
    mean = np.add.reduceat(rows, start, axis=0) / size[:, None]
    means[present] = mean
    deviations = rows - np.repeat(mean, size, axis=0)
    variances[present] = np.add.reduceat(deviations**2, start, axis=0) / size[:, None]
    return [sizes, means, variances]
