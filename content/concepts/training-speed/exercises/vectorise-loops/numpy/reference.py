import numpy as np


def group_statistics(x, groups, count):
    """(sizes (count,), means (count, d), variances (count, d)) of x (n, d) by groups (n,)."""
    sizes = np.bincount(groups, minlength=count)
    divisors = np.maximum(sizes, 1)[:, None]
    means = _sums(x, groups, count) / divisors
    centred = x - means[groups]
    return sizes, means, _sums(centred**2, groups, count) / divisors


def _sums(x, groups, count):
    columns = [np.bincount(groups, weights=column, minlength=count) for column in x.T]
    return np.stack(columns, axis=1)
