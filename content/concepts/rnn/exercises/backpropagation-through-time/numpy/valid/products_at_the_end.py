"""Only the recurrence in the loop; the parameters' gradients as products over all steps at the end."""

import numpy as np


def rnn_backward(grad_h, x, h_0, w_x, w_h, b):
    n, steps, _ = x.shape
    h = np.empty((n, steps + 1, h_0.shape[1]), dtype=x.dtype)
    h[:, 0] = h_0
    drive = x @ w_x + b
    for t in range(steps):
        h[:, t + 1] = np.tanh(drive[:, t] + h[:, t] @ w_h)
    delta = np.empty_like(drive)
    carry = np.zeros_like(h_0)
    for t in range(steps - 1, -1, -1):
        delta[:, t] = (1 - h[:, t + 1] * h[:, t + 1]) * (grad_h[:, t] + carry)
        carry = np.einsum("nk,jk->nj", delta[:, t], w_h)
    grad_w_x = np.einsum("ntd,ntm->dm", x, delta)
    grad_w_h = np.einsum("ntj,ntm->jm", h[:, :-1], delta)
    return [delta @ w_x.T, carry, grad_w_x, grad_w_h, delta.sum(axis=(0, 1))]
