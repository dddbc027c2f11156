import torch


def mixup(inputs, labels, n_classes, lam, permutation):
    """Blends of `inputs` (n, ...) with their permuted selves, and of the one-hot `labels` (n, n_classes)."""
    share = lam.view(-1, *[1] * (inputs.dim() - 1))  # one factor per example, along dim 0
    mixed = share * inputs + (1 - share) * inputs[permutation]
    one_hot = torch.nn.functional.one_hot(labels, n_classes).to(inputs.dtype)
    targets = lam[:, None] * one_hot + (1 - lam[:, None]) * one_hot[permutation]
    return mixed, targets
