import numpy as np


def triplet_loss(anchor, positive, negative, margin=0.2):
    """Mean hinge of squared distances of `anchor`, `positive`, `negative` (n, d), scaled to length 1."""
    a, p, n = _unit(anchor), _unit(positive), _unit(negative)
    to_positive = ((a - p) ** 2).sum(axis=1)
    to_negative = ((a - n) ** 2).sum(axis=1)
    return np.maximum(to_positive - to_negative + margin, 0).mean()


def batch_hard_triplet_loss(embeddings, labels, margin=0.2):
    """The same for `embeddings` (n, d): each row with its farthest positive and nearest negative by `labels` (n,)."""
    x = _unit(embeddings)
    distances = ((x[:, None] - x[None]) ** 2).sum(axis=2)  # (n, n)
    same = labels[:, None] == labels[None]
    positives = same & ~np.eye(len(x), dtype=bool)
    farthest = np.where(positives, distances, -np.inf).max(axis=1)
    nearest = np.where(same, np.inf, distances).min(axis=1)
    usable = positives.any(axis=1) & ~same.all(axis=1)
    if not usable.any():
        return 0.0
    return np.maximum(farthest[usable] - nearest[usable] + margin, 0).mean()


def _unit(x):
    return x / np.sqrt((x**2).sum(axis=1, keepdims=True))
