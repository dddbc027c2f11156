"""With index arrays."""

import numpy as np


def random_swap(words, pairs):
    order = np.arange(len(words))
    for pair in pairs:
        order[pair] = order[pair[::-1]]
    return [words[k] for k in order]


def random_deletion(words, p, u, survivor):
    if len(words) == 0:
        return []
    keep = np.nonzero(u >= p)[0].tolist()
    if not keep:
        keep = [survivor]
    return [words[k] for k in keep]
