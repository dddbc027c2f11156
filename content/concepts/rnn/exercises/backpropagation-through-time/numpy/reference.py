import numpy as np


def rnn_backward(grad_h, x, h_0, w_x, w_h, b):
    """Gradients of a tanh RNN, given what the loss sends to each state: `grad_h` (n, T, m).

    `x` (n, T, d), `h_0` (n, m), `w_x` (d, m), `w_h` (m, m), `b` (m,).
    Returns (grad_x, grad_h_0, grad_w_x, grad_w_h, grad_b).
    """
    steps = x.shape[1]
    h = [h_0]
    for t in range(steps):
        h.append(np.tanh(x[:, t] @ w_x + h[t] @ w_h + b))

    grad_x, grad_w_x, grad_w_h, grad_b = (np.zeros_like(a) for a in (x, w_x, w_h, b))
    later = np.zeros_like(h_0)  # what the steps after t send to their state before
    for t in reversed(range(steps)):
        grad_a = (grad_h[:, t] + later) * (1 - h[t + 1] ** 2)
        grad_x[:, t] = grad_a @ w_x.T
        grad_w_x += x[:, t].T @ grad_a
        grad_w_h += h[t].T @ grad_a
        grad_b += grad_a.sum(axis=0)
        later = grad_a @ w_h.T
    return grad_x, later, grad_w_x, grad_w_h, grad_b
