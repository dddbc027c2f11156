"""The logits filtered with minus infinity as text generators do, then searchsorted."""

import torch
import torch.nn.functional as F


def top_p_sampling(logits, p, u):
    values, indices = torch.sort(logits, descending=True, dim=-1)
    running = F.softmax(values, dim=-1).cumsum(dim=-1)
    remove = running >= p
    remove[..., 1:] = remove[..., :-1].clone()
    remove[..., 0] = False
    mask = torch.zeros_like(remove).scatter(1, indices, remove)
    probs = F.softmax(logits.masked_fill(mask, float("-inf")), dim=-1)
    picked = torch.searchsorted(probs.cumsum(-1), u.to(probs.dtype).unsqueeze(1), right=True).squeeze(1)
    last = probs.shape[1] - 1 - (probs > 0).flip(1).int().argmax(dim=1)
    return probs, torch.minimum(picked, last)
