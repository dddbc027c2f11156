"""Forward accumulation: the derivative of the state by everything is carried along (slow, but right)."""

import numpy as np


def rnn_backward(grad_h, x, h_0, w_x, w_h, b):
    n, steps, d = x.shape
    m = h_0.shape[1]
    sizes = [steps * d, m, d * m, m * m, m]
    starts = np.cumsum([0, *sizes])
    gx, gh, shared = np.zeros_like(x), np.zeros_like(h_0), np.zeros(starts[5] - starts[2], dtype=x.dtype)
    for i in range(n):
        h = h_0[i]
        jac = np.zeros((starts[-1], m), dtype=x.dtype)
        jac[starts[1] : starts[2]] = np.eye(m)
        total = np.zeros(starts[-1], dtype=x.dtype)
        for t in range(steps):
            new = np.tanh(x[i, t] @ w_x + h @ w_h + b)
            direct = np.zeros_like(jac)
            direct[t * d : (t + 1) * d] = w_x
            direct[starts[2] : starts[3]] = np.einsum("d,kl->dkl", x[i, t], np.eye(m)).reshape(d * m, m)
            direct[starts[3] : starts[4]] = np.einsum("d,kl->dkl", h, np.eye(m)).reshape(m * m, m)
            direct[starts[4] :] = np.eye(m)
            jac = (jac @ w_h + direct) * (1 - new**2)
            total += jac @ grad_h[i, t]
            h = new
        gx[i] = total[: starts[1]].reshape(steps, d)
        gh[i] = total[starts[1] : starts[2]]
        shared += total[starts[2] :]
    return gx, gh, shared[: d * m].reshape(d, m), shared[d * m : d * m + m * m].reshape(m, m), shared[-m:]
