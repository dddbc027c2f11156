"""Slices with clipped shifts."""

import numpy as np


def time_shift(signals, shifts, mode="zeros"):
    n, t = signals.shape
    out = np.zeros((n, t), dtype=signals.dtype)
    for i in range(n):
        s = int(shifts[i])
        if mode == "wrap":
            s %= t
            out[i, s:] = signals[i, : t - s]
            out[i, :s] = signals[i, t - s :]
        elif mode == "zeros":
            s = min(max(s, -t), t)
            if s >= 0:
                out[i, s:] = signals[i, : t - s]
            else:
                out[i, : t + s] = signals[i, -s:]
        else:
            raise ValueError(f"mode {mode} is not known")
    return out
