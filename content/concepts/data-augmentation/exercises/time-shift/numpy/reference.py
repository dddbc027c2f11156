import numpy as np


def time_shift(signals, shifts, mode="zeros"):
    """`signals` (n, t) with each row delayed by its entry of `shifts` (n,); `mode` is "zeros" or "wrap"."""
    if mode not in ("zeros", "wrap"):
        raise ValueError(f"unknown mode {mode!r}")
    length = signals.shape[1]
    source = np.arange(length) - shifts[:, None]  # (n, t): where each sample comes from
    shifted = np.take_along_axis(signals, source % length, axis=1)
    if mode == "zeros":
        shifted[(source < 0) | (source >= length)] = 0
    return shifted
