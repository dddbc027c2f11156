"""Entry by entry."""

import math

import numpy as np


def sinusoidal_positions(n, d, base=10000.0):
    if d & 1:
        raise ValueError("odd d")
    table = np.zeros((n, d))
    for pos in range(n):
        for i in range(0, d, 2):
            angle = pos / math.pow(base, i / d)
            table[pos, i] = math.sin(angle)
            table[pos, i + 1] = math.cos(angle)
    return table
