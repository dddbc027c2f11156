"""Triplet by triplet in plain loops."""

import numpy as np


def _d(a, b):
    diff = a / np.linalg.norm(a) - b / np.linalg.norm(b)
    return np.dot(diff, diff)


def triplet_loss(anchor, positive, negative, margin=0.2):
    total = 0
    for a, p, n in zip(anchor, positive, negative, strict=True):
        total += max(_d(a, p) - _d(a, n) + margin, 0)
    return total / len(anchor)


def batch_hard_triplet_loss(embeddings, labels, margin=0.2):
    hard = []
    for i in range(len(embeddings)):
        hardest_positive, hardest_negative = None, None
        for j in range(len(embeddings)):
            if i == j:
                continue
            d = _d(embeddings[i], embeddings[j])
            if labels[i] == labels[j]:
                hardest_positive = d if hardest_positive is None else max(d, hardest_positive)
            else:
                hardest_negative = d if hardest_negative is None else min(d, hardest_negative)
        if hardest_positive is not None and hardest_negative is not None:
            hard.append((hardest_positive, hardest_negative))
    if not hard:
        return 0
    p, n = np.array(hard).T
    return np.array(np.clip(p - n + margin, 0, None).mean())
