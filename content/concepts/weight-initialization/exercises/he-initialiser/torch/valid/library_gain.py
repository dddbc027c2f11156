"""The gain and the fans from the library."""

import torch


def gain(negative_slope=0.0):
    return torch.nn.init.calculate_gain("leaky_relu", negative_slope)


def _fan(w, mode):
    fan_in, fan_out = torch.nn.init._calculate_fan_in_and_fan_out(w)
    if mode == "fan_in":
        return fan_in
    if mode == "fan_out":
        return fan_out
    raise ValueError("mode")


def he_normal(z, negative_slope=0.0, mode="fan_in"):
    return z * (gain(negative_slope) / _fan(z, mode) ** 0.5)


def he_uniform(u, negative_slope=0.0, mode="fan_in"):
    a = 3**0.5 * gain(negative_slope) / _fan(u, mode) ** 0.5
    return u * (2 * a) - a
