"""A mask and a mean for each group."""

import numpy as np


def demographic_parity(predictions, groups):
    rates = np.array([predictions[groups == g].mean() for g in np.unique(groups)])
    if not rates.any():
        return rates, 0.0, 1
    return rates, float(np.ptp(rates)), float(np.min(rates) / np.max(rates))
