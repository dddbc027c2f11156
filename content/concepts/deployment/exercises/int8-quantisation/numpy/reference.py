import numpy as np


def quantise_weights(weights):
    """int8 weights (o, i) and their scales (o,), symmetric, one for each row."""
    largest = np.abs(weights).max(axis=1)
    scales = np.where(largest > 0, largest / 127, 1.0)
    return np.round(weights / scales[:, None]).astype(np.int8), scales


def quantise_activations(x):
    """int8 activations (n, i), their scale and zero point, asymmetric."""
    low, high = min(x.min(), 0.0), max(x.max(), 0.0)
    scale = (high - low) / 255 if high > low else 1.0
    zero_point = int(np.round(-128 - low / scale))
    q = np.clip(np.round(x / scale) + zero_point, -128, 127)
    return q.astype(np.int8), scale, zero_point


def quantised_linear(q_x, scale, zero_point, q_w, scales):
    """The layer's floats (n, o) from int8 activations (n, i) and weights (o, i)."""
    total = (q_x.astype(np.int32) - zero_point) @ q_w.T.astype(np.int32)
    return scale * scales * total
