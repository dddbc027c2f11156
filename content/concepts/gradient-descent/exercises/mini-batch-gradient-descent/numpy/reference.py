import numpy as np


def mini_batch_gradient_descent(x, y, w, b, orders, batch_size, learning_rate, drop_last=False):
    """(w, b, losses) for x (n, d), y (n,) of 0 and 1, start w (d,) and b, orders (e, n); one loss for each epoch."""
    n = len(x)
    end = n - n % batch_size if drop_last else n
    losses = []
    for order in orders:
        total = 0.0
        for start in range(0, end, batch_size):
            batch = order[start : min(start + batch_size, end)]
            z = x[batch] @ w + b
            total += (np.logaddexp(0, z) - y[batch] * z).sum()
            error = _sigmoid(z) - y[batch]
            w = w - learning_rate * x[batch].T @ error / len(batch)
            b = b - learning_rate * error.mean()
        losses.append(total / max(end, 1))
    return w, b, losses


def _sigmoid(z):
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1, e) / (1 + e)
