import numpy as np


def transformer_block(x, params, num_heads, causal=False, eps=1e-5):
    """One pre-norm block on `x` (b, n, d): attention and feed-forward, each added to the stream. Returns (b, n, d)."""
    y = x + _attention(_layer_norm(x, params["ln1_scale"], params["ln1_shift"], eps), params, num_heads, causal)
    inner = _layer_norm(y, params["ln2_scale"], params["ln2_shift"], eps)
    hidden = np.maximum(inner @ params["w_1"] + params["b_1"], 0)
    return y + hidden @ params["w_2"] + params["b_2"]


def _layer_norm(v, scale, shift, eps):
    mean = v.mean(axis=-1, keepdims=True)
    variance = v.var(axis=-1, keepdims=True)
    return (v - mean) / np.sqrt(variance + eps) * scale + shift


def _attention(x, params, num_heads, causal):
    b, n, d = x.shape
    size = d // num_heads
    q, k, v = (
        (x @ params[name]).reshape(b, n, num_heads, size).swapaxes(1, 2) for name in ("w_q", "w_k", "w_v")
    )  # (b, H, n, size)
    scores = q @ k.swapaxes(2, 3) / size**0.5
    if causal:
        scores = np.where(np.tril(np.ones((n, n), dtype=bool)), scores, -np.inf)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    weights = weights / weights.sum(axis=-1, keepdims=True)
    return (weights @ v).swapaxes(1, 2).reshape(b, n, d) @ params["w_o"]
