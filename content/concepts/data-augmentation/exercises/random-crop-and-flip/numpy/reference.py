import numpy as np


def random_crop_and_flip(images, padding, size, top, left, flip):
    """Windows (n, *size, c) of the zero-padded `images` (n, h, w, c) at `top`, `left`, mirrored where `flip`."""
    padded = np.pad(images, ((0, 0), (padding, padding), (padding, padding), (0, 0)))
    height, width = size
    windows = np.empty((len(images), height, width, images.shape[3]), dtype=images.dtype)
    for i, (y, x) in enumerate(zip(top, left, strict=True)):
        window = padded[i, y : y + height, x : x + width]
        windows[i] = window[:, ::-1] if flip[i] else window
    return windows
