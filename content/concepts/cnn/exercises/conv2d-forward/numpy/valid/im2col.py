"""Patches as columns, by index arrays, and one matrix product."""

import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, c = x.shape[:2]
    f, _, kh, kw = w.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    oh, ow = (x.shape[2] - kh) // stride + 1, (x.shape[3] - kw) // stride + 1
    rows = (stride * np.arange(oh))[:, None] + np.arange(kh)
    cols = (stride * np.arange(ow))[:, None] + np.arange(kw)
    patches = x[:, :, rows[:, None, :, None], cols[None, :, None, :]]  # n c oh ow kh kw
    columns = patches.transpose(0, 2, 3, 1, 4, 5).reshape(n * oh * ow, c * kh * kw)
    y = columns @ w.reshape(f, -1).T + b
    return np.ascontiguousarray(y.reshape(n, oh, ow, f).transpose(0, 3, 1, 2))
