"""Blending as a matrix product with (diag(lam) + diag(1 - lam) P)."""

import numpy as np


def mixup(inputs, labels, n_classes, lam, permutation):
    n = len(labels)
    blend = np.diag(lam) + np.diag(1 - lam) @ np.eye(n)[permutation]
    one_hot = (labels[:, None] == np.arange(n_classes)).astype(float)
    return [np.tensordot(blend, inputs, axes=1), blend @ one_hot]
