"""With the library's normalize and pairwise distances."""

import torch
import torch.nn.functional as fn


def triplet_loss(anchor, positive, negative, margin=0.2):
    a, p, n = (fn.normalize(v, dim=-1) for v in (anchor, positive, negative))
    return fn.relu((a - p).pow(2).sum(-1) - (a - n).pow(2).sum(-1) + margin).mean()


def batch_hard_triplet_loss(embeddings, labels, margin=0.2):
    x = fn.normalize(embeddings, p=2, dim=1)
    d = torch.cdist(x, x, compute_mode="donot_use_mm_for_euclid_dist").square()
    losses = []
    for i in range(len(x)):
        same = labels == labels[i]
        negative = d[i][~same]
        same[i] = False
        if same.any() and negative.numel():
            losses.append(torch.clamp(d[i][same].max() - negative.min() + margin, min=0))
    return torch.stack(losses).mean() if losses else 0.0
