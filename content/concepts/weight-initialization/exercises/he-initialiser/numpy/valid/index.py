"""The fan as the size of a slice of the weights."""

import numpy as np


def gain(negative_slope=0.0):
    return float((2 / (1 + negative_slope * negative_slope)) ** 0.5)


def fan(weights, mode):
    axis = ["fan_in", "fan_out"].index(mode)  # a ValueError for anything else
    return weights.size // weights.shape[axis]


def he_normal(z, negative_slope=0.0, mode="fan_in"):
    return z * gain(negative_slope) * fan(z, mode) ** -0.5


def he_uniform(u, negative_slope=0.0, mode="fan_in"):
    return (u - 0.5) * np.sqrt(12.0) * gain(negative_slope) / np.sqrt(fan(u, mode))
