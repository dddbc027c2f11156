import numpy as np


def demographic_parity(predictions, groups):
    """Rates (k,) of positive `predictions` (n,) per group, their largest difference, and smallest over largest."""
    _, number = np.unique(groups, return_inverse=True)
    rates = np.bincount(number, weights=predictions) / np.bincount(number)
    low, high = rates.min(), rates.max()
    return rates, high - low, low / high if high > 0 else 1.0
