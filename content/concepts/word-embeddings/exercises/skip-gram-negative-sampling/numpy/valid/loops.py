"""Pair by pair, with a sigmoid in two branches."""

import math

import numpy as np


def _sigmoid(x):
    if x >= 0:
        return 1 / (1 + math.exp(-x))
    e = math.exp(x)
    return e / (1 + e)


def _log_sigmoid(x):
    return -math.log1p(math.exp(-x)) if x > 0 else x - math.log1p(math.exp(x))


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    da, db = np.zeros(centre_vectors.shape), np.zeros(context_vectors.shape)
    total, n = 0.0, len(centres)
    for i in range(n):
        a = centre_vectors[centres[i]]
        pairs = [(contexts[i], 1)] + [(m, 0) for m in negatives[i]]
        for word, label in pairs:
            b = context_vectors[word]
            s = float(np.dot(a, b))
            total -= _log_sigmoid(s) if label else _log_sigmoid(-s)
            e = (_sigmoid(s) - label) / n
            da[centres[i]] += e * b
            db[word] += e * a
    return total / n, da, db
