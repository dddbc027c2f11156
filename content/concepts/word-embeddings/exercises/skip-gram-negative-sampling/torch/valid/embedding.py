"""With embedding look-ups and backward."""

import torch
from torch.nn.functional import embedding, softplus


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    w_in = torch.nn.Parameter(centre_vectors.clone())
    w_out = torch.nn.Parameter(context_vectors.clone())
    c = embedding(centres, w_in).unsqueeze(1)
    good = (c * embedding(contexts, w_out).unsqueeze(1)).sum(-1)
    bad = (c * embedding(negatives, w_out)).sum(-1)
    loss = (softplus(-good, threshold=200).sum() + softplus(bad, threshold=200).sum()) / centres.numel()
    loss.backward()
    return loss, w_in.grad, w_out.grad
