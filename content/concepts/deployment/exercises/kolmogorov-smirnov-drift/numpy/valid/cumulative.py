"""Counts at the distinct values, summed up."""

import math

import numpy as np


def kolmogorov_smirnov(reference, current):
    n, m = reference.size, current.size
    values, where = np.unique(np.concatenate((reference, current)), return_inverse=True)
    f = np.cumsum(np.bincount(where[:n], minlength=len(values))) / n
    g = np.cumsum(np.bincount(where[n:], minlength=len(values))) / m
    d = float(np.max(np.abs(f - g)))
    lam = d * math.sqrt(n * m / (n + m))
    if lam == 0:
        return d, 1.0
    p, j = 0.0, 1
    while True:
        term = 2 * math.exp(-2 * (j * lam) ** 2)
        p += term if j % 2 else -term
        if term < 1e-16:
            return d, min(1.0, max(0.0, p))
        j += 1
