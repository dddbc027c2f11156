"""One copy whose column is put back afterwards."""

import numpy as np


def permutation_importance(predict, score, x, y, permutations):
    work = np.array(x)
    base = score(y, predict(work))
    means, deviations = [], []
    for j in range(work.shape[1]):
        column = work[:, j].copy()
        drops = []
        for permutation in permutations:
            work[:, j] = column[permutation]
            drops.append(base - score(y, predict(work)))
        work[:, j] = column
        means.append(sum(drops) / len(drops))
        deviations.append((sum((v - means[-1]) ** 2 for v in drops) / len(drops)) ** 0.5)
    return np.array(means), np.array(deviations)
