import torch


def graph_convolution(adjacency, features, weight):
    """Normalised sum over each node and its neighbours of `features` (n, d), times `weight` (d, m): (n, m)."""
    a_hat = adjacency + torch.eye(len(adjacency), dtype=adjacency.dtype)
    scale = a_hat.sum(dim=1).rsqrt()
    normalised = scale[:, None] * a_hat * scale[None, :]
    return normalised @ features @ weight
