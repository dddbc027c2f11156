import math

import torch


def cutmix(images, labels, n_classes, lam, centre, permutation):
    """`images` (n, c, h, w) with a box pasted from their partners, and targets (n, n_classes) shared by area."""
    h, w = images.shape[2:]
    box_h, box_w = int(h * math.sqrt(1 - lam)), int(w * math.sqrt(1 - lam))
    y, x = centre[0] - box_h // 2, centre[1] - box_w // 2
    top, bottom = max(y, 0), min(y + box_h, h)
    left, right = max(x, 0), min(x + box_w, w)
    mixed = images.clone()
    mixed[:, :, top:bottom, left:right] = images[permutation, :, top:bottom, left:right]
    kept = 1 - (bottom - top) * (right - left) / (h * w)
    one_hot = torch.nn.functional.one_hot(labels, n_classes).to(images.dtype)
    return mixed, kept * one_hot + (1 - kept) * one_hot[permutation]
