"""Loops over examples, filters and positions."""

import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, _, h, wd = x.shape
    f, _, kh, kw = w.shape
    oh = 1 + (h + 2 * padding - kh) // stride
    ow = 1 + (wd + 2 * padding - kw) // stride
    xp = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode="constant")
    out = np.zeros((n, f, oh, ow), dtype=x.dtype)
    for i in range(n):
        for k in range(f):
            for r in range(oh):
                for s in range(ow):
                    top, left = r * stride, s * stride
                    out[i, k, r, s] = np.sum(xp[i, :, top : top + kh, left : left + kw] * w[k]) + b[k]
    return out
