"""torch.lerp and scatter_add."""

import torch


def mixup(inputs, labels, n_classes, lam, permutation):
    n = inputs.shape[0]
    weight = lam.reshape((n,) + (1,) * (inputs.ndim - 1)).expand_as(inputs)
    mixed = torch.lerp(inputs[permutation], inputs, weight)
    targets = torch.zeros(n, n_classes, dtype=lam.dtype)
    targets.scatter_add_(1, labels[:, None], lam[:, None])
    targets.scatter_add_(1, labels[permutation][:, None], 1 - lam[:, None])
    return mixed, targets
