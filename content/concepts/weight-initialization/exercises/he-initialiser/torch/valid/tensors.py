"""Everything with tensors; fans as sizes of slices."""

import torch


def gain(negative_slope=0.0):
    return torch.tensor(2 / (1 + negative_slope**2), dtype=torch.float64).sqrt()


def _variance(w, slope, mode):
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"unknown mode {mode}")
    fan = (w[0] if mode == "fan_in" else w[:, 0]).numel()
    return gain(slope).to(w.dtype) ** 2 / fan


def he_normal(z, negative_slope=0.0, mode="fan_in"):
    return z * _variance(z, negative_slope, mode).sqrt()


def he_uniform(u, negative_slope=0.0, mode="fan_in"):
    a = torch.sqrt(3 * _variance(u, negative_slope, mode))
    return torch.lerp(-a, a, u)
