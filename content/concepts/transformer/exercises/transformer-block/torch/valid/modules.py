"""As a module, whose parameters are set from the dictionary."""

import torch
from torch import nn


class _Block(nn.Module):
    def __init__(self, params, num_heads, causal, eps):
        super().__init__()
        self.p, self.heads, self.causal, self.eps = params, num_heads, causal, eps

    def norm(self, v, name):
        centred = v - v.mean(-1, keepdim=True)
        spread = centred.pow(2).mean(-1, keepdim=True)
        return centred * torch.rsqrt(spread + self.eps) * self.p[name + "_scale"] + self.p[name + "_shift"]

    def attend(self, x):
        q, k, v = (torch.unflatten(x @ self.p["w_" + c], -1, (self.heads, -1)) for c in "qkv")
        logits = torch.einsum("bihe,bjhe->bhij", q, k) / q.shape[-1] ** 0.5
        if self.causal:
            i = torch.arange(x.shape[1])
            logits = torch.where(i[:, None] >= i[None, :], logits, torch.finfo(logits.dtype).min)
        return torch.einsum("bhij,bjhe->bihe", torch.softmax(logits, dim=-1), v).flatten(-2) @ self.p["w_o"]

    def forward(self, x):
        x = x + self.attend(self.norm(x, "ln1"))
        return x + (self.norm(x, "ln2") @ self.p["w_1"] + self.p["b_1"]).clamp(min=0) @ self.p["w_2"] + self.p["b_2"]


def transformer_block(x, params, num_heads, causal=False, eps=1e-5):
    return _Block(params, num_heads, causal, eps)(x)
