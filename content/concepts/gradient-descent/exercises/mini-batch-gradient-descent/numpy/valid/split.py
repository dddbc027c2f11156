"""The epoch shuffled first and then split; losses collected by example."""

import numpy as np


def mini_batch_gradient_descent(x, y, w, b, orders, batch_size, learning_rate, drop_last=False):
    design = np.hstack([x, np.ones((len(x), 1))])
    theta = np.append(w, b).astype(float)
    losses = []
    for order in orders:
        xs, ys = design[order], y[order]
        cuts = list(range(batch_size, len(xs), batch_size))
        seen = []
        for xb, yb in zip(np.split(xs, cuts), np.split(ys, cuts), strict=True):
            if drop_last and len(xb) < batch_size:
                continue
            signed = (2 * yb - 1) * (xb @ theta)
            seen.append(np.maximum(-signed, 0) + np.log1p(np.exp(-np.abs(signed))))
            p = np.exp(-np.logaddexp(0, -(xb @ theta)))
            theta -= learning_rate * xb.T.dot(p - yb) / len(xb)
        losses.append(np.concatenate(seen).mean() if seen else 0)
    return theta[:-1], theta[-1], np.array(losses)
