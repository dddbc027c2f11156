"""With a one-hot mask, over all entries; rounding at the ends kept away by a small margin."""

import numpy as np


def sphereface_logits(embeddings, weights, labels, m=4):
    norm = np.linalg.norm(embeddings, axis=-1)[:, None]
    w = weights / np.linalg.norm(weights, axis=-1)[:, None]
    product = np.einsum("nd,cd->nc", embeddings, w)
    theta = np.arccos(np.clip(product / norm, -1 + 1e-7, 1 - 1e-7))
    k = np.trunc(m * theta / np.pi)
    psi = np.where(k % 2 == 0, 1, -1) * np.cos(m * theta) - 2 * k
    target = np.eye(len(weights), dtype=bool)[labels]
    return np.where(target, norm * psi, product).astype(embeddings.dtype)
