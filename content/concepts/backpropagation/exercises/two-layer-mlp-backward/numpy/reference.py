import numpy as np


def loss_and_gradients(x, labels, w1, b1, w2, b2):
    """Loss of a ReLU network with softmax cross-entropy, and its gradients by name.

    x (n, d), labels (n,), w1 (d, h), b1 (h,), w2 (h, c), b2 (c,); gradients of "x", "w1", "b1", "w2", "b2".
    """
    n = len(x)
    rows = np.arange(n)
    z = x @ w1 + b1  # (n, h)
    a = np.maximum(z, 0)
    s = a @ w2 + b2  # (n, c)
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    loss = -log_p[rows, labels].mean()

    ds = np.exp(log_p)
    ds[rows, labels] -= 1
    ds = ds / n
    da = ds @ w2.T
    dz = da * (z > 0)
    gradients = {
        "x": dz @ w1.T,
        "w1": x.T @ dz,
        "b1": dz.sum(axis=0),
        "w2": a.T @ ds,
        "b2": ds.sum(axis=0),
    }
    return loss, gradients
