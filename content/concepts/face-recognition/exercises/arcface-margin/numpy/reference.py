import numpy as np


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    """Scaled cosines (n, c) of `embeddings` (n, d) and `weights` (c, d), with `margin` added to the right angles."""
    rows = np.arange(len(labels))
    cosines = np.clip(_unit(embeddings) @ _unit(weights).T, -1, 1)
    theta = np.arccos(cosines[rows, labels])
    cosines[rows, labels] = np.cos(theta + margin)
    return scale * cosines


def _unit(x):
    return x / np.sqrt((x**2).sum(axis=1, keepdims=True))
