import torch


def scaled_dot_product_attention(q, k, v, mask=None):
    """Attention of queries `q` (..., n_q, d) to keys `k` (..., n_k, d) with values `v` (..., n_k, d_v).

    `mask` broadcasts to (..., n_q, n_k); True: may attend. Returns (..., n_q, d_v).
    """
    d = q.shape[-1]
    scores = q @ k.transpose(-2, -1) / d**0.5
    if mask is None:
        return torch.softmax(scores, dim=-1) @ v
    allowed = mask.expand(scores.shape)
    scores = scores.masked_fill(~allowed, -1e300 if scores.dtype == torch.float64 else -1e30)  # finite: no NaN
    weights = torch.softmax(scores, dim=-1) * allowed  # zeros where a row is masked completely
    return weights @ v
