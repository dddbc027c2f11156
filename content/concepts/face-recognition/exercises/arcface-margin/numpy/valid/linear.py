"""By the addition theorem, without arccos, and straight on beyond pi - m."""

import numpy as np


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    x = embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True)
    w = weights / np.linalg.norm(weights, axis=1, keepdims=True)
    cos = x.dot(w.T)
    sin = np.sqrt(np.clip(1.0 - cos**2, 0.0, 1.0))
    phi = cos * np.cos(margin) - sin * np.sin(margin)
    phi = np.where(cos > np.cos(np.pi - margin), phi, cos - np.sin(np.pi - margin) * margin)
    one_hot = np.zeros(cos.shape, dtype=cos.dtype)
    one_hot[np.arange(len(labels)), labels] = 1
    return ((one_hot * phi + (1 - one_hot) * cos) * scale).astype(embeddings.dtype)
