"""Pixel by pixel."""

import numpy as np


def rotate_image(image, angle):
    h, w = image.shape[0], image.shape[1]
    r0, s0 = (h - 1) / 2.0, (w - 1) / 2.0
    turn = np.array(
        [
            [np.cos(np.radians(angle)), np.sin(np.radians(angle))],
            [-np.sin(np.radians(angle)), np.cos(np.radians(angle))],
        ]
    )
    out = np.zeros_like(image)
    for r in range(h):
        for s in range(w):
            y, x = turn @ np.array([r - r0, s - s0]) + np.array([r0, s0])
            fy, fx = int(np.floor(y)), int(np.floor(x))
            value = 0.0
            for yy in (fy, fy + 1):
                for xx in (fx, fx + 1):
                    if 0 <= yy < h and 0 <= xx < w:
                        value = value + (1 - abs(y - yy)) * (1 - abs(x - xx)) * image[yy, xx]
            out[r, s] = value
    return out
