"""From the lower end upwards, with np.prod for the kernel."""

import numpy as np


def fans(shape):
    out_channels, in_channels, *kernel = shape
    size = int(np.prod(kernel))
    return [in_channels * size, out_channels * size]


def xavier_uniform(u, gain=1.0):
    a = gain * np.sqrt(3.0) * np.sqrt(2.0 / np.sum(fans(u.shape)))
    return -a + (a - -a) * u


def xavier_normal(z, gain=1.0):
    return z * np.sqrt(gain**2 * 2.0 / np.sum(fans(z.shape)))
