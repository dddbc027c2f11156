import numpy as np


def conv2d_backward(grad_y, x, w, stride=1, padding=0):
    """Gradients of a convolution of `x` (n, c, h, w) with `w` (f, c, kh, kw), given `grad_y` (n, f, h', w').

    Returns (grad_x, grad_w, grad_b) with the shapes of x, w and (f,).
    """
    height, width = x.shape[2:]
    rows, columns = grad_y.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    grad_padded = np.zeros_like(padded)
    grad_w = np.zeros_like(w)
    for u in range(w.shape[2]):
        for v in range(w.shape[3]):
            # the pixels that element (u, v) of the filter has met
            down = slice(u, u + stride * (rows - 1) + 1, stride)
            met = (..., down, slice(v, v + stride * (columns - 1) + 1, stride))
            grad_padded[met] += np.einsum("nfij,fc->ncij", grad_y, w[:, :, u, v])
            grad_w[:, :, u, v] = np.einsum("nfij,ncij->fc", grad_y, padded[met])
    grad_x = grad_padded[:, :, padding : padding + height, padding : padding + width]
    return grad_x, grad_w, grad_y.sum(axis=(0, 2, 3))
