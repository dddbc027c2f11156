"""Fans from the number of weights; division by the root."""

import numpy as np


def fans(shape):
    total = 1
    for entry in shape:
        total *= entry
    return total // shape[0], total // shape[1]


def xavier_uniform(u, gain=1.0):
    limit = np.sqrt(np.float64(6) / sum(fans(u.shape))) * gain
    return (u - 0.5) * 2 * limit


def xavier_normal(z, gain=1.0):
    return gain * z / np.sqrt(np.mean(fans(z.shape)))
