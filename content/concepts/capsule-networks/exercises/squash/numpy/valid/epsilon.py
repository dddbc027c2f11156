"""The formula as it stands, with a small constant under the root."""

import numpy as np


def squash(s, axis=-1):
    n2 = np.sum(np.square(s), axis=axis, keepdims=True)
    return n2 / (1 + n2) * s / np.sqrt(n2 + 1e-7)
