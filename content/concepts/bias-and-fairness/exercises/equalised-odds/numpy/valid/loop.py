"""Counting in a loop, gaps over pairs of groups; NaN is left out because no comparison with it holds."""

import numpy as np


def equalised_odds(labels, predictions, groups):
    kinds = sorted(set(groups.tolist()))
    rates = np.full((2, len(kinds)), np.nan)
    for row, truth in enumerate((1, 0)):
        for column, kind in enumerate(kinds):
            hits = total = 0
            for y, p, g in zip(labels, predictions, groups, strict=True):
                if y == truth and g == kind:
                    hits, total = hits + p, total + 1
            if total:
                rates[row, column] = hits / total
    worst = 0
    for row in rates:
        for a in row:
            for b in row:
                if a - b > worst:
                    worst = a - b
    return [*rates, worst]
