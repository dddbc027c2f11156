import numpy as np


def sinusoidal_positions(n, d, base=10000.0):
    """Encodings of the positions 0 to n - 1 as sines and cosines of d / 2 frequencies: (n, d)."""
    if d % 2:
        raise ValueError("the width must be even")
    frequencies = float(base) ** (-np.arange(0, d, 2) / d)  # (d / 2,)
    angles = np.arange(n)[:, None] * frequencies
    out = np.empty((n, d))
    out[:, 0::2] = np.sin(angles)
    out[:, 1::2] = np.cos(angles)
    return out
