import numpy as np


def cutmix(images, labels, n_classes, lam, centre, permutation):
    """`images` (n, c, h, w) with a box pasted from their partners, and targets (n, n_classes) shared by area."""
    h, w = images.shape[2:]
    sides = (np.array([h, w]) * np.sqrt(1 - lam)).astype(int)
    first = np.array(centre) - sides // 2
    last = first + sides
    (top, left), (bottom, right) = np.clip(first, 0, [h, w]), np.clip(last, 0, [h, w])
    mixed = images.copy()
    mixed[:, :, top:bottom, left:right] = images[permutation, :, top:bottom, left:right]
    kept = 1 - (bottom - top) * (right - left) / (h * w)
    one_hot = np.eye(n_classes)[labels]
    return mixed, kept * one_hot + (1 - kept) * one_hot[permutation]
