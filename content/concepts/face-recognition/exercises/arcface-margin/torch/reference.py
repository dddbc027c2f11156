import torch


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    """Scaled cosines (n, c) of `embeddings` (n, d) and `weights` (c, d), with `margin` added to the right angles."""
    cosines = (_unit(embeddings) @ _unit(weights).T).clamp(-1, 1)
    right = torch.nn.functional.one_hot(labels, len(weights)).bool()
    shifted = torch.cos(torch.arccos(cosines) + margin)
    return scale * torch.where(right, shifted, cosines)


def _unit(x):
    return x / x.norm(dim=1, keepdim=True)
