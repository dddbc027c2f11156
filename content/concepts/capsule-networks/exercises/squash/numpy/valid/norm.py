"""With the library's norm, the division left out at zero."""

import numpy as np


def squash(s, axis=-1):
    n = np.linalg.norm(s, axis=axis, keepdims=True)
    unit = np.divide(s, n, out=np.zeros_like(s), where=n > 0)
    return (1 - 1 / (1 + n**2)) * unit
