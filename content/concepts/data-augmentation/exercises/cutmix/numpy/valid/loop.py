"""Image by image with plain max and min."""

import math

import numpy as np


def cutmix(images, labels, n_classes, lam, centre, permutation):
    n, _, h, w = images.shape
    bh, bw = math.floor(h * math.sqrt(1 - lam)), math.floor(w * math.sqrt(1 - lam))
    y0, x0 = centre[0] - bh // 2, centre[1] - bw // 2
    y1, x1 = min(y0 + bh, h), min(x0 + bw, w)
    y0, x0 = max(y0, 0), max(x0, 0)
    lam = 1 - (y1 - y0) * (x1 - x0) / h / w
    out, targets = [], []
    for i in range(n):
        image = images[i].copy()
        image[:, y0:y1, x0:x1] = images[permutation[i]][:, y0:y1, x0:x1]
        out.append(image)
        targets.append([lam * (labels[i] == k) + (1 - lam) * (labels[permutation[i]] == k) for k in range(n_classes)])
    return np.array(out), np.array(targets)
