"""Example by example with outer products, gradients summed up."""

import numpy as np


def loss_and_gradients(x, labels, w1, b1, w2, b2):
    n = x.shape[0]
    total = 0.0
    g = {k: np.zeros_like(v) for k, v in (("x", x), ("w1", w1), ("b1", b1), ("w2", w2), ("b2", b2))}
    for i in range(n):
        hidden = np.dot(x[i], w1) + b1
        active = hidden > 0
        act = np.where(active, hidden, 0.0)
        scores = np.dot(act, w2) + b2
        m = scores.max()
        lse = m + np.log(np.exp(scores - m).sum())
        total += lse - scores[labels[i]]
        delta = np.exp(scores - lse)
        delta[labels[i]] -= 1.0
        g["w2"] += np.outer(act, delta)
        g["b2"] += delta
        back = (w2 @ delta) * active
        g["w1"] += np.outer(x[i], back)
        g["b1"] += back
        g["x"][i] = w1 @ back
    return total / n, {k: v / n for k, v in g.items()}
