"""Matrices reshaped to heads, everything else with einsum; a small module does the work."""

import torch
from torch import nn


class _Attention(nn.Module):
    def __init__(self, num_heads):
        super().__init__()
        self.num_heads = num_heads

    def forward(self, x_q, x_kv, w_q, w_k, w_v, w_o, mask):
        heads = (self.num_heads, w_q.shape[1] // self.num_heads)
        q = torch.einsum("bni,ihe->bhne", x_q, w_q.unflatten(1, heads))
        k = torch.einsum("bni,ihe->bhne", x_kv, w_k.unflatten(1, heads))
        v = torch.einsum("bni,ihe->bhne", x_kv, w_v.unflatten(1, heads))
        logits = torch.einsum("bhqe,bhke->bhqk", q / heads[1] ** 0.5, k)
        if mask is not None:
            bias = torch.zeros(mask.shape, dtype=logits.dtype).masked_fill_(mask.logical_not(), -torch.inf)
            logits = logits + (bias if mask.ndim == 2 else bias[:, None])
        out = torch.einsum("bhqk,bhke->bqhe", torch.softmax(logits, -1), v).flatten(2)
        return nn.functional.linear(out, w_o.T)


def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    if w_q.shape[1] % num_heads > 0:
        raise ValueError("d must be a multiple of num_heads")
    return _Attention(num_heads)(x_q, x_kv, w_q, w_k, w_v, w_o, mask)
