"""Messages along the edges with index_add."""

import torch


def graph_convolution(adjacency, features, weight):
    n = adjacency.size(0)
    src, dst = adjacency.nonzero(as_tuple=True)
    strength = torch.cat([adjacency[src, dst], torch.ones(n, dtype=adjacency.dtype)])
    src, dst = torch.cat([src, torch.arange(n)]), torch.cat([dst, torch.arange(n)])
    degree = torch.zeros(n, dtype=adjacency.dtype).index_add(0, dst, strength)
    h = torch.matmul(features, weight)
    message = (strength * (degree[src] * degree[dst]).pow(-0.5)).unsqueeze(1) * h[src]
    return torch.zeros_like(h).index_add(0, dst, message)
