import numpy as np


def layer_wise_relevance_propagation(x, weights, biases, target, epsilon=1e-6):
    """Relevance of the inputs (n, d) for the `target` (n,) classes by the epsilon rule, and the scores (n, classes)."""
    inputs, outputs = [], []
    a = x
    for w, b in zip(weights, biases, strict=True):
        inputs.append(a)
        outputs.append(a @ w + b)
        a = np.maximum(outputs[-1], 0)
    scores = outputs[-1]
    rows = np.arange(len(x))
    relevance = np.zeros_like(scores)
    relevance[rows, target] = scores[rows, target]
    for a, w, z in zip(inputs[::-1], weights[::-1], outputs[::-1], strict=True):
        share = relevance / (z + epsilon * np.where(z >= 0, 1, -1))
        relevance = a * (share @ w.T)
    return relevance, scores
