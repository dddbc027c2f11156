import numpy as np


def top_k_sampling(logits, k, u):
    """Probabilities (n, c) over the `k` largest logits of each row, and a token for each by the uniforms `u` (n,)."""
    k = min(k, logits.shape[1])
    threshold = np.sort(logits, axis=1)[:, -k, None]  # the k-th largest of each row
    kept = np.where(logits >= threshold, logits, -np.inf)
    p = np.exp(kept - kept.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    cumulative = p.cumsum(axis=1)
    cumulative = cumulative / cumulative[:, -1:]  # the last is 1, whatever rounding did
    return p, (cumulative <= u[:, None]).sum(axis=1)
