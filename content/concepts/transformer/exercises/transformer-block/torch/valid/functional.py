"""With the library's layer norm and linear layers."""

import torch
import torch.nn.functional as fn


def transformer_block(x, params, num_heads, causal=False, eps=1e-5):
    d = x.size(-1)
    a = fn.layer_norm(x, (d,), params["ln1_scale"], params["ln1_shift"], eps)
    heads = []
    for q, k, v in zip(*((a @ params[w]).chunk(num_heads, dim=-1) for w in ("w_q", "w_k", "w_v")), strict=True):
        scores = torch.bmm(q, k.transpose(1, 2)) * (d // num_heads) ** -0.5
        if causal:
            scores = scores + torch.full(scores.shape[1:], -torch.inf, dtype=scores.dtype).triu(diagonal=1)
        heads.append(torch.bmm(scores.softmax(dim=-1), v))
    x = x + fn.linear(torch.cat(heads, dim=-1), params["w_o"].T)
    f = fn.linear(fn.layer_norm(x, [d], params["ln2_scale"], params["ln2_shift"], eps), params["w_1"].T, params["b_1"])
    return x + fn.linear(fn.relu(f), params["w_2"].T, params["b_2"])
