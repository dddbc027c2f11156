import numpy as np


def mixup(inputs, labels, n_classes, lam, permutation):
    """Blends of `inputs` (n, ...) with their permuted selves, and of the one-hot `labels` (n, n_classes)."""
    share = lam.reshape(-1, *[1] * (inputs.ndim - 1))  # one factor per example, along axis 0
    mixed = share * inputs + (1 - share) * inputs[permutation]
    one_hot = np.eye(n_classes)[labels]
    targets = lam[:, None] * one_hot + (1 - lam[:, None]) * one_hot[permutation]
    return mixed, targets
