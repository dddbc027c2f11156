"""A mask of ones and zeros to multiply with, targets by scatter_add."""

import torch


def cutmix(images, labels, n_classes, lam, centre, permutation):
    n, _, h, w = images.shape
    bh, bw = int(h * (1 - lam) ** 0.5), int(w * (1 - lam) ** 0.5)
    y, x = centre[0] - bh // 2, centre[1] - bw // 2
    keep = torch.ones(1, 1, h, w, dtype=images.dtype)
    keep[..., max(y, 0) : y + bh, max(x, 0) : x + bw] = 0
    share = keep.mean()
    targets = torch.zeros(n, n_classes, dtype=images.dtype)
    targets.scatter_add_(1, labels[:, None], share.expand(n, 1))
    targets.scatter_add_(1, labels[permutation][:, None], (1 - share).expand(n, 1))
    return images * keep + images[permutation] * (1 - keep), targets
