import numpy as np


def skip_gram_negative_sampling(centre_vectors, context_vectors, centres, contexts, negatives):
    """Loss of n pairs with k `negatives` each, and its gradients with respect to both tables (v, d)."""
    n = len(centres)
    targets = np.concatenate([contexts[:, None], negatives], axis=1)  # (n, 1 + k)
    a, b = centre_vectors[centres], context_vectors[targets]  # (n, d), (n, 1 + k, d)
    sign = np.where(np.arange(targets.shape[1]) == 0, 1, -1)
    margin = sign * np.einsum("nd,nkd->nk", a, b)
    loss = np.logaddexp(0, -margin).sum() / n
    slope = -sign * np.exp(-np.logaddexp(0, margin)) / n  # sigmoid(-margin), no overflow
    slope = slope.astype(centre_vectors.dtype)
    centre_gradient = np.zeros_like(centre_vectors)
    context_gradient = np.zeros_like(context_vectors)
    np.add.at(centre_gradient, centres, np.einsum("nk,nkd->nd", slope, b))
    np.add.at(context_gradient, targets, slope[:, :, None] * a[:, None, :])
    return loss, centre_gradient, context_gradient
