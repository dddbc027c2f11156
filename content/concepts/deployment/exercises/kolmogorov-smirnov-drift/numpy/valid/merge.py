"""A merge of the two sorted samples that steps over ties as a whole; the p-value by the other series."""

import numpy as np


def kolmogorov_smirnov(reference, current):
    a, b = sorted(reference.tolist()), sorted(current.tolist())
    i = j = 0
    d = 0.0
    while i < len(a) and j < len(b):
        x = min(a[i], b[j])
        while i < len(a) and a[i] == x:
            i += 1
        while j < len(b) and b[j] == x:
            j += 1
        d = max(d, abs(i / len(a) - j / len(b)))
    lam = d * (len(a) * len(b) / (len(a) + len(b))) ** 0.5
    k = np.arange(1, 200)
    if lam < 0.5:
        p = 1.0 if lam == 0 else 1 - np.sqrt(2 * np.pi) / lam * np.exp(-(((2 * k - 1) * np.pi / lam) ** 2) / 8).sum()
    else:
        p = -2 * np.sum((-1.0) ** k * np.exp(-2.0 * (k * lam) ** 2))
    return d, float(np.clip(p, 0, 1))
