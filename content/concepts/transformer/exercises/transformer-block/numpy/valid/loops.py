"""One example and one head at a time."""

import numpy as np


def _norm(v, scale, shift, eps):
    return np.stack([(t - t.mean()) / np.sqrt(t.var() + eps) * scale + shift for t in v])


def _head(q, k, v, causal):
    scores = q @ k.T / np.sqrt(q.shape[-1]).astype(q.dtype)
    if causal:
        scores[np.triu_indices(len(scores), 1)] = -1e30
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)) @ v


def _block(x, p, num_heads, causal, eps):
    a = _norm(x, p["ln1_scale"], p["ln1_shift"], eps)
    triples = zip(*(np.split(a @ p[name], num_heads, axis=1) for name in ("w_q", "w_k", "w_v")), strict=True)
    y = x + np.hstack([_head(*triple, causal) for triple in triples]) @ p["w_o"]
    f = np.clip(_norm(y, p["ln2_scale"], p["ln2_shift"], eps) @ p["w_1"] + p["b_1"], 0, None)
    return y + (f @ p["w_2"] + p["b_2"])


def transformer_block(x, params, num_heads, causal=False, eps=1e-5):
    return np.array([_block(example, params, num_heads, causal, eps) for example in x])
