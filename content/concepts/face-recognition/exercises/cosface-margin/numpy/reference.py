import numpy as np


def cosface_loss(embeddings, weights, labels, scale=30.0, margin=0.35):
    """Mean cross-entropy of scaled cosines of `embeddings` (n, d) and `weights` (c, d), the right one less `margin`."""
    rows = np.arange(len(labels))
    logits = _unit(embeddings) @ _unit(weights).T  # cosines (n, c)
    logits[rows, labels] -= margin
    logits = scale * logits
    z = logits - logits.max(axis=1, keepdims=True)
    return (np.log(np.exp(z).sum(axis=1)) - z[rows, labels]).mean()


def _unit(x):
    return x / np.sqrt((x**2).sum(axis=1, keepdims=True))
