"""All shares as a three-dimensional array, layer by layer with indices."""

import numpy as np


def layer_wise_relevance_propagation(x, weights, biases, target, epsilon=1e-6):
    layers = len(weights)
    activations = [np.asarray(x, dtype=float)]
    for i in range(layers):
        z = activations[i] @ weights[i] + biases[i]
        activations.append(np.maximum(z, 0) if i < layers - 1 else z)
    scores = activations[-1]
    r = scores * np.eye(scores.shape[1])[target]
    for i in range(layers - 1, -1, -1):
        parts = activations[i][:, :, None] * weights[i][None]
        z = parts.sum(axis=1) + biases[i]
        z = z + np.where(z < 0, -epsilon, epsilon)
        r = np.einsum("njk,nk->nj", parts, r / z)
    return [r, scores]
