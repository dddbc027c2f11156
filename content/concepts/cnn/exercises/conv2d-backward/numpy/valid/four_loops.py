"""Loops over examples, filters and positions."""

import numpy as np


def conv2d_backward(grad_y, x, w, stride=1, padding=0):
    n, _, height, width = x.shape
    f, _, kh, kw = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="constant")
    dxp, dw, db = np.zeros_like(xp), np.zeros_like(w), np.zeros(f, dtype=w.dtype)
    for i in range(n):
        for k in range(f):
            for r in range(grad_y.shape[2]):
                for s in range(grad_y.shape[3]):
                    g = grad_y[i, k, r, s]
                    window = (i, slice(None), slice(r * stride, r * stride + kh), slice(s * stride, s * stride + kw))
                    dw[k] += g * xp[window]
                    dxp[window] += g * w[k]
                    db[k] += g
    return [dxp[:, :, padding : height + padding, padding : width + padding], dw, db]
