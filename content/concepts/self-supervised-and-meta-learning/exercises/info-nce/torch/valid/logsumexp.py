"""Norms and logsumexp by hand."""

import torch


def info_nce(queries, keys, temperature=0.1):
    q = queries / queries.pow(2).sum(1, keepdim=True).sqrt()
    k = keys / torch.linalg.vector_norm(keys, dim=1, keepdim=True)
    z = torch.einsum("id,jd->ij", q, k) / temperature
    positive = (q * k[: q.shape[0]]).sum(1) / temperature
    return (torch.logsumexp(z, 1) - positive).mean()
