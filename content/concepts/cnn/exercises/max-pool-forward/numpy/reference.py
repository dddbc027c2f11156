import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool_forward(x, size, stride=None, padding=0):
    """The largest value in each `size` x `size` window of `x` (n, c, h, w): (n, c, h', w')."""
    stride = size if stride is None else stride
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x, around, constant_values=-np.inf)
    windows = sliding_window_view(padded, (size, size), axis=(2, 3))[:, :, ::stride, ::stride]
    return windows.max(axis=(4, 5))
