"""A full convolution of the spread-out gradient with the flipped filter."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def conv2d_backward(grad_y, x, w, stride=1, padding=0):
    n, _, height, width = x.shape
    f, _, kh, kw = w.shape
    big_h, big_w = height + 2 * padding, width + 2 * padding
    spread = np.zeros((n, f, big_h - kh + 1, big_w - kw + 1), dtype=grad_y.dtype)
    rows, columns = grad_y.shape[2:]
    spread[:, :, : rows * stride : stride, : columns * stride : stride] = grad_y
    full = np.pad(spread, ((0, 0), (0, 0), (kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = sliding_window_view(full, (kh, kw), axis=(2, 3))
    grad_x = np.einsum("nfijuv,fcuv->ncij", windows, w[:, :, ::-1, ::-1])
    grad_x = grad_x[:, :, padding : padding + height, padding : padding + width]
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    patches = sliding_window_view(xp, spread.shape[2:], axis=(2, 3))  # n c kh kw h'' w''
    grad_w = np.einsum("ncuvij,nfij->fcuv", patches, spread)
    return grad_x, grad_w, np.einsum("nfij->f", grad_y)
