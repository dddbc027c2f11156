"""A loop over the elements of the filter, with strided slices of the image."""

import torch


def conv2d_forward(x, w, b, stride=1, padding=0):
    n, c, h, wd = x.shape
    f, _, kh, kw = w.shape
    oh = (h + 2 * padding - kh) // stride + 1
    ow = (wd + 2 * padding - kw) // stride + 1
    xp = x.new_zeros(n, c, h + 2 * padding, wd + 2 * padding)
    xp[:, :, padding : padding + h, padding : padding + wd] = x
    out = b.view(1, f, 1, 1).expand(n, f, oh, ow)
    for u in range(kh):
        for v in range(kw):
            grid = xp[:, :, u : u + stride * oh : stride, v : v + stride * ow : stride][:, :, :oh, :ow]
            out = out + torch.einsum("ncij,fc->nfij", grid, w[:, :, u, v])
    return out
