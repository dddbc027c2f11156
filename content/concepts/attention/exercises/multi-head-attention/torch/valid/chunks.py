"""One head after the other, joined by cat."""

import torch


def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    if w_q.shape[-1] % num_heads != 0:
        raise ValueError("num_heads must divide the model size")
    parts = []
    for q, k, v in zip(*(w.chunk(num_heads, dim=1) for w in (w_q, w_k, w_v)), strict=True):
        scores = torch.bmm(x_q @ q, (x_kv @ k).mT) * q.shape[1] ** -0.5
        if mask is not None:
            scores = torch.where(mask, scores, -1e30)
        parts.append(scores.softmax(-1) @ (x_kv @ v))
    return torch.cat(parts, dim=-1) @ w_o
