import numpy as np


def info_nce(queries, keys, temperature=0.1):
    """Mean cross-entropy of finding key i among all `keys` (m, d) for each of `queries` (n, d)."""
    q = queries / np.linalg.norm(queries, axis=1, keepdims=True)
    k = keys / np.linalg.norm(keys, axis=1, keepdims=True)
    logits = q @ k.T / temperature  # (n, m)
    logits = logits - logits.max(axis=1, keepdims=True)
    log_p = logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))
    return -np.diagonal(log_p).mean()
