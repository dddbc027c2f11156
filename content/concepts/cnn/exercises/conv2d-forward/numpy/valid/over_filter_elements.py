"""A loop over the elements of the filter, with strided slices of the image."""

import numpy as np


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    oh = (h + 2 * padding - kh) // stride + 1
    ow = (wd + 2 * padding - kw) // stride + 1
    xp = np.zeros((n, c, h + 2 * padding, wd + 2 * padding), dtype=x.dtype)
    xp[:, :, padding : padding + h, padding : padding + wd] = x
    out = np.broadcast_to(b.reshape(1, f, 1, 1), (n, f, oh, ow)).copy()
    for u in range(kh):
        for v in range(kw):
            grid = xp[:, :, u : u + stride * (oh - 1) + 1 : stride, v : v + stride * (ow - 1) + 1 : stride]
            out += np.einsum("ncij,fc->nfij", grid, w[:, :, u, v])
    return out
