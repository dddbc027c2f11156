import numpy as np


def rotate_image(image, angle):
    """`image` (h, w) or (h, w, c) turned anticlockwise by `angle` degrees about its centre, same shape."""
    h, w = image.shape[:2]
    theta = np.deg2rad(angle)
    down = np.arange(h)[:, None] - (h - 1) / 2
    right = np.arange(w)[None, :] - (w - 1) / 2
    y = (h - 1) / 2 + right * np.sin(theta) + down * np.cos(theta)  # (h, w): where each pixel comes from
    x = (w - 1) / 2 + right * np.cos(theta) - down * np.sin(theta)
    y0, x0 = np.floor(y), np.floor(x)
    rotated = np.zeros(image.shape)
    for row, row_weight in ((y0, 1 - (y - y0)), (y0 + 1, y - y0)):
        for column, column_weight in ((x0, 1 - (x - x0)), (x0 + 1, x - x0)):
            inside = (row >= 0) & (row < h) & (column >= 0) & (column < w)
            weight = row_weight * column_weight * inside
            pixels = image[np.clip(row, 0, h - 1).astype(int), np.clip(column, 0, w - 1).astype(int)]
            rotated += weight.reshape(h, w, *[1] * (image.ndim - 2)) * pixels
    return rotated
