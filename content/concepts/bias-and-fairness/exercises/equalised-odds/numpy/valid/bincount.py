"""A table of counts by group, label and prediction."""

import numpy as np


def equalised_odds(labels, predictions, groups):
    kinds, number = np.unique(groups, return_inverse=True)
    table = np.bincount(number * 4 + labels * 2 + predictions, minlength=4 * len(kinds)).reshape(-1, 2, 2)
    with np.errstate(invalid="ignore"):
        rates = table[:, :, 1] / table.sum(axis=2)
    difference = 0.0
    for column in (0, 1):
        known = rates[:, column][np.isfinite(rates[:, column])]
        if known.size > 1:
            difference = max(difference, float(np.ptp(known)))
    return rates[:, 1], rates[:, 0], difference
