"""Row by row; the sum in float64, which is exact for whole numbers of this size."""

import numpy as np


def quantise_weights(weights):
    q = np.zeros(weights.shape, dtype=np.int8)
    scales = np.ones(len(weights))
    for r, row in enumerate(weights):
        if np.any(row != 0):
            scales[r] = np.abs(row).max() / 127
            q[r] = np.rint(row / scales[r])
    return q, scales


def quantise_activations(x):
    low = x.min() if x.min() < 0 else 0.0
    high = x.max() if x.max() > 0 else 0.0
    scale = 1.0 if high == low else (high - low) / 255.0
    zero_point = round(float(-128 - low / scale))
    q = np.rint(x / scale + zero_point)
    q[q < -128] = -128
    q[q > 127] = 127
    return [q.astype(np.int8), scale, zero_point]


def quantised_linear(q_x, scale, zero_point, q_w, scales):
    x = scale * (q_x.astype(float) - zero_point)
    w = scales[:, None] * q_w.astype(float)
    return np.dot(x, w.T)
