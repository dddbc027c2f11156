"""One indexing operation for the whole batch."""

import numpy as np


def random_crop_and_flip(images, padding, size, top, left, flip):
    n, h, w, c = images.shape
    padded = np.zeros((n, h + 2 * padding, w + 2 * padding, c), images.dtype)
    padded[:, padding : padding + h, padding : padding + w, :] = images
    rows = top[:, None] + np.arange(size[0])
    columns = np.where(flip[:, None], np.arange(size[1])[::-1], np.arange(size[1])) + left[:, None]
    return padded[np.arange(n)[:, None, None], rows[:, :, None], columns[:, None, :]]
