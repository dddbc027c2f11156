"""Fans in a dictionary, variance first."""

import numpy as np


def gain(negative_slope=0.0):
    return np.sqrt(2.0) / np.hypot(1.0, negative_slope)


def _variance(shape, slope, mode):
    out, into, *kernel = shape
    fans = {"fan_in": into * int(np.prod(kernel)), "fan_out": out * int(np.prod(kernel))}
    if mode not in fans:
        raise ValueError(mode)
    return gain(slope) ** 2 / fans[mode]


def he_normal(z, negative_slope=0.0, mode="fan_in"):
    return np.sqrt(_variance(z.shape, negative_slope, mode)) * z


def he_uniform(u, negative_slope=0.0, mode="fan_in"):
    a = np.sqrt(3 * _variance(u.shape, negative_slope, mode))
    return -a + 2 * a * u
