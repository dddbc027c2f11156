"""An explicit softmax with torch.where; rows without a key are set to zero at the end."""

import math

import torch


def scaled_dot_product_attention(q, k, v, mask=None):
    scores = torch.matmul(q, k.mT) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = torch.where(mask, scores, torch.finfo(scores.dtype).min)
    e = torch.exp(scores - scores.amax(dim=-1, keepdim=True))
    out = torch.matmul(e / e.sum(dim=-1, keepdim=True), v)
    if mask is not None:
        out = torch.where(mask.any(dim=-1, keepdim=True), out, torch.zeros_like(out))
    return out
