import numpy as np


def top_p_sampling(logits, p, u):
    """Probabilities (n, c) over each row's nucleus, and a token for each row by the uniforms `u` (n,)."""
    e = np.exp(logits - logits.max(axis=1, keepdims=True))
    full = e / e.sum(axis=1, keepdims=True)
    order = np.argsort(-full, axis=1)
    ranked = np.take_along_axis(full, order, axis=1)
    before = ranked.cumsum(axis=1) - ranked  # held by the likelier tokens
    keep = before < p
    keep[:, 0] = True
    nucleus = np.zeros_like(full)
    np.put_along_axis(nucleus, order, np.where(keep, ranked, 0), axis=1)
    nucleus = nucleus / nucleus.sum(axis=1, keepdims=True)
    cumulative = nucleus.cumsum(axis=1)
    cumulative = cumulative / cumulative[:, -1:]  # the last is 1, whatever rounding did
    return nucleus, (cumulative <= u[:, None]).sum(axis=1)
