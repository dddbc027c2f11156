"""A frame of zeros around the picture takes the place of the test for inside."""

import math

import numpy as np


def rotate_image(image, angle):
    flat = image.reshape(*image.shape[:2], -1)
    h, w, _ = flat.shape
    p = np.pad(flat, ((1, 2), (1, 2), (0, 0)))
    s, c = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    rows, columns = np.mgrid[0:h, 0:w].astype(float)
    dy, dx = rows - (h - 1) / 2, columns - (w - 1) / 2
    y = np.clip(c * dy + s * dx + (h - 1) / 2, -1, h) + 1
    x = np.clip(-s * dy + c * dx + (w - 1) / 2, -1, w) + 1
    i, j = y.astype(int), x.astype(int)
    a, b = (y - i)[..., None], (x - j)[..., None]
    top = p[i, j] * (1 - b) + p[i, j + 1] * b
    bottom = p[i + 1, j] * (1 - b) + p[i + 1, j + 1] * b
    return (top * (1 - a) + bottom * a).reshape(image.shape)
