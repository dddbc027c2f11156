import torch


def multi_head_attention(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    """Attention of `x_q` (b, n_q, d_in) to `x_kv` (b, n_k, d_in) with `num_heads` heads.

    `w_q`, `w_k`, `w_v` (d_in, d), `w_o` (d, d_out); `mask` (n_q, n_k) or (b, n_q, n_k), True: may attend.
    Returns (b, n_q, d_out).
    """
    d = w_q.shape[1]
    if d % num_heads:
        raise ValueError(f"{num_heads} heads do not divide {d} columns")
    size = d // num_heads

    q, k, v = (_split(x, num_heads) for x in (x_q @ w_q, x_kv @ w_k, x_kv @ w_v))  # (b, H, n, size)
    scores = q @ k.transpose(2, 3) / size**0.5  # (b, H, n_q, n_k)
    if mask is not None:
        if mask.dim() == 3:
            mask = mask.unsqueeze(1)  # the same for every head
        scores = scores.masked_fill(~mask, float("-inf"))
    heads = (torch.softmax(scores, dim=-1) @ v).transpose(1, 2)  # (b, n_q, H, size)
    return heads.reshape(*x_q.shape[:2], d) @ w_o


def _split(x, num_heads):
    b, n, d = x.shape
    return x.reshape(b, n, num_heads, d // num_heads).transpose(1, 2)
