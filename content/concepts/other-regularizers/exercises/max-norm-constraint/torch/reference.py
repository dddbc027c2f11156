import torch


def max_norm(w, c, axis=0):
    """`w` with every vector along `axis`, an integer or a tuple, scaled back to Euclidean norm `c` if it is longer."""
    norm = torch.linalg.vector_norm(w, dim=axis, keepdim=True)
    return w * (c / norm.clamp(min=c))
