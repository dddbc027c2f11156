"""Gradients by hand with index_add."""

import torch


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    n, d = len(centres), centre_vectors.shape[1]
    targets = torch.cat([contexts.unsqueeze(1), negatives], dim=1)
    labels = torch.zeros(targets.shape, dtype=centre_vectors.dtype)
    labels[:, 0] = 1
    a, b = centre_vectors[centres], context_vectors[targets]
    scores = torch.bmm(b, a.unsqueeze(2)).squeeze(2)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, labels, reduction="sum") / n
    e = (torch.sigmoid(scores) * (1 - labels) - torch.sigmoid(-scores) * labels) / n
    ga = torch.zeros_like(centre_vectors).index_add(0, centres, (e.unsqueeze(2) * b).sum(1))
    outer = (e.unsqueeze(2) * a.unsqueeze(1)).reshape(-1, d)
    gb = torch.zeros_like(context_vectors).index_add(0, targets.reshape(-1), outer)
    return loss.item(), ga, gb
