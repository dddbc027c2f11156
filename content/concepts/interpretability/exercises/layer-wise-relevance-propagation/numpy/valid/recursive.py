"""A recursion over the layers, example by example."""

import numpy as np


def _explain(a, weights, biases, target, epsilon):
    z = weights[0].T @ a + biases[0]
    if len(weights) == 1:
        r = np.zeros(len(z))
        r[target] = z[target]
        scores = z
    else:
        r, scores = _explain(z * (z > 0), weights[1:], biases[1:], target, epsilon)
    safe = np.copysign(np.abs(z) + epsilon, np.where(z == 0, 1.0, z))
    return a * (weights[0] @ (r / safe)), scores


def layer_wise_relevance_propagation(x, weights, biases, target, epsilon=1e-6):
    pairs = [_explain(row, weights, biases, k, epsilon) for row, k in zip(x, target, strict=False)]
    return np.array([r for r, _ in pairs]), np.array([s for _, s in pairs])
