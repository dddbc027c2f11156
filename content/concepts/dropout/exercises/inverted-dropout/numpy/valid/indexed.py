"""Sets the dropped ones to zero by index; the cache is a dictionary."""

import numpy as np


def dropout_forward(x, u, p, training=True):
    if not (0.0 <= p < 1.0):
        raise ValueError("dropout probability has to be in [0, 1)")
    dropped = np.zeros(x.shape, dtype=bool)
    scale = 1.0
    if training:
        dropped = u < p
        scale = 1.0 / (1.0 - p)
    y = scale * x
    y[dropped] = 0
    return y, {"dropped": dropped, "scale": scale}


def dropout_backward(grad_y, cache):
    grad_x = cache["scale"] * grad_y
    grad_x[cache["dropped"]] = 0
    return grad_x
