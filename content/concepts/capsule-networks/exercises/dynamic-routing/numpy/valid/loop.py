"""Example by example with matrix products."""

import numpy as np


def dynamic_routing(predictions, iterations=3):
    outputs, all_couplings = [], []
    for u in predictions.astype(float):
        lower, higher, d = u.shape
        b = np.zeros((lower, higher))
        for _ in range(iterations):
            w = np.exp(b - b.max(1)[:, None])
            w /= w.sum(1)[:, None]
            v = np.empty((higher, d))
            for j in range(higher):
                s = w[:, j] @ u[:, j]
                norm = np.linalg.norm(s)
                v[j] = s * norm / (1 + norm**2)
            for j in range(higher):
                b[:, j] += u[:, j] @ v[j]
        outputs.append(v)
        all_couplings.append(w)
    return [np.array(outputs), np.array(all_couplings)]
