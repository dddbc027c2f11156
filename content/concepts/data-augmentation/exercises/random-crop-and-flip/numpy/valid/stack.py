"""Windows collected in a list, flipped with np.fliplr."""

import numpy as np


def random_crop_and_flip(images, padding, size, top, left, flip):
    out = []
    for image, y, x, mirrored in zip(images, top, left, flip, strict=True):
        p = np.pad(image, [(padding, padding), (padding, padding), (0, 0)], mode="constant", constant_values=0)
        crop = p[y:, x:][: size[0], : size[1]]
        out.append(np.fliplr(crop) if mirrored else crop)
    return np.stack(out)
