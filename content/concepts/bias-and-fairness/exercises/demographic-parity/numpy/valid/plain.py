"""Dictionaries of counts, and a list for the pairs of groups."""

import numpy as np


def demographic_parity(predictions, groups):
    count = {}
    for p, g in zip(predictions, groups, strict=True):
        yes, n = count.get(int(g), (0, 0))
        count[int(g)] = (yes + int(p), n + 1)
    rates = [count[g][0] / count[g][1] for g in sorted(count)]
    difference = max(abs(a - b) for a in rates for b in rates)
    ratio = min((a / b for a in rates for b in rates if b > 0), default=1.0)
    return np.array(rates), difference, ratio
