import numpy as np


def sphereface_logits(embeddings, weights, labels, m=4):
    """Logits (n, c) of `embeddings` (n, d) for `weights` (c, d); those of the right `labels` (n,) with psi(angle)."""
    rows = np.arange(len(labels))
    lengths = np.sqrt((embeddings**2).sum(axis=1, keepdims=True))
    unit = weights / np.sqrt((weights**2).sum(axis=1, keepdims=True))
    cosines = np.clip(embeddings / lengths @ unit.T, -1, 1)
    theta = np.arccos(cosines[rows, labels])
    k = np.minimum(np.floor(theta * m / np.pi), m - 1)
    sign = 1 - 2 * (k % 2)
    cosines[rows, labels] = sign * np.cos(m * theta) - 2 * k
    return lengths * cosines
