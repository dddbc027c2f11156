"""Pair by pair; rounding kept away by a small margin."""

import math

import numpy as np


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    out = np.empty((embeddings.shape[0], weights.shape[0]), dtype=embeddings.dtype)
    for i, x in enumerate(embeddings):
        for j, w in enumerate(weights):
            c = float(x @ w) / (float(np.linalg.norm(x)) * float(np.linalg.norm(w)))
            c = min(max(c, -1 + 1e-7), 1 - 1e-7)
            if j == labels[i]:
                c = math.cos(math.acos(c) + margin)
            out[i, j] = scale * c
    return out
