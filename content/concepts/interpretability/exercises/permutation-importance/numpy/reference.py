import numpy as np


def permutation_importance(predict, score, x, y, permutations):
    """Mean and standard deviation (d,) of the drop in score when a column of `x` (n, d) is permuted, (r, n) ways."""
    base = score(y, predict(x))
    drops = np.empty((x.shape[1], len(permutations)))
    for j in range(x.shape[1]):
        for k, permutation in enumerate(permutations):
            shuffled = x.copy()
            shuffled[:, j] = x[permutation, j]
            drops[j, k] = base - score(y, predict(shuffled))
    return drops.mean(axis=1), drops.std(axis=1)
