"""All shuffled copies stacked and predicted in one call."""

import numpy as np


def permutation_importance(predict, score, x, y, permutations):
    n, d = x.shape
    r = len(permutations)
    copies = np.broadcast_to(x, (d, r, n, d)).copy()
    for j in range(d):
        copies[j, :, :, j] = x[:, j][permutations]
    predictions = predict(copies.reshape(-1, d)).reshape(d * r, n)
    scores = np.array([score(y, p) for p in predictions]).reshape(d, r)
    importances = score(y, predict(x)) - scores
    return [np.mean(importances, axis=1), np.sqrt(np.var(importances, axis=1))]
