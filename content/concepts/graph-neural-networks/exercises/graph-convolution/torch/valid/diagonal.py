"""With diagonal matrices as in the formula, the loops written into a copy."""

import torch


def graph_convolution(adjacency, features, weight):
    a = adjacency.clone().fill_diagonal_(1.0)
    d = torch.diag(a.sum(0) ** -0.5)
    return torch.linalg.multi_dot([d, a, d, features, weight])
