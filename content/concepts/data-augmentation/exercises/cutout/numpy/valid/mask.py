"""A mask of ones that the images are multiplied with."""

import numpy as np


def cutout(images, centres, size, fill=0.0):
    n, _, h, w = images.shape
    keep = np.ones((n, 1, h, w), dtype=images.dtype)
    for i in range(n):
        low = np.clip(centres[i] - size // 2, 0, [h, w])
        high = np.clip(centres[i] - size // 2 + size, 0, [h, w])
        keep[i, 0, low[0] : high[0], low[1] : high[1]] = 0
    return images * keep + fill * (1 - keep)
