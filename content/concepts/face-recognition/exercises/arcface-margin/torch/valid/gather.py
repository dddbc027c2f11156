"""Only the right entries are shifted; rounding kept away by a small margin."""

import torch


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    x = embeddings / torch.linalg.vector_norm(embeddings, dim=-1, keepdim=True).clamp(min=1e-12)
    w = weights / torch.linalg.vector_norm(weights, dim=-1, keepdim=True).clamp(min=1e-12)
    cosine = torch.einsum("nd,cd->nc", x, w)
    target = cosine.gather(1, labels[:, None])
    theta = target.clamp(-1 + 1e-7, 1 - 1e-7).acos()
    return cosine.scatter(1, labels[:, None], (theta + margin).cos()).mul(scale)
