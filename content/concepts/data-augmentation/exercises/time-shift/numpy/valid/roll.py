"""Row by row: roll, then silence what came round."""

import numpy as np


def time_shift(signals, shifts, mode="zeros"):
    if mode != "zeros" and mode != "wrap":
        raise ValueError("mode")
    rows = []
    for row, s in zip(signals, shifts, strict=True):
        moved = np.roll(row, s)
        if mode == "zeros":
            if s >= 0:
                moved[:s] = 0
            else:
                moved[max(len(row) + s, 0) :] = 0
        rows.append(moved)
    return np.array(rows)
