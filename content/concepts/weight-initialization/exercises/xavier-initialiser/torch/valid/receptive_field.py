"""The size of the kernel counted in a loop; the uniform weights in place on a copy."""

import math

import torch


def fans(shape):
    size = 1
    for k in shape[2:]:
        size *= int(k)
    return int(shape[1]) * size, int(shape[0]) * size


def xavier_uniform(u, gain=1.0):
    std = gain * math.sqrt(2.0 / sum(fans(tuple(u.size()))))
    a = math.sqrt(3.0) * std
    weights = torch.clone(u)
    return weights.mul_(2 * a).sub_(a)


def xavier_normal(z, gain=1.0):
    std = gain * math.sqrt(2.0 / sum(fans(tuple(z.size()))))
    return torch.zeros_like(z).add(z, alpha=std)
