"""Sines in the first half, cosines in the second; the frequencies by exp and log."""

import numpy as np


def sinusoidal_positions(n, d, base=10000.0):
    if d % 2 != 0:
        raise ValueError(f"d must be even, got {d}")
    half = d // 2
    rates = np.exp(-np.log(base) * np.arange(half) / half)
    angles = np.outer(np.arange(n, dtype=np.float64), rates)
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=1)
