import numpy as np


def graph_convolution(adjacency, features, weight):
    """Normalised sum over each node and its neighbours of `features` (n, d), times `weight` (d, m): (n, m)."""
    a_hat = adjacency + np.eye(len(adjacency), dtype=adjacency.dtype)
    degree = a_hat.sum(axis=1)
    scale = 1 / np.sqrt(degree)
    normalised = scale[:, None] * a_hat * scale[None, :]
    return normalised @ (features @ weight)
