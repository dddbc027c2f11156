"""Written as s x + (1 - s) c."""

import numpy as np


def jitter_and_scale(points, scale, noise, sigma, clip):
    moved = np.einsum("bnd,bd->bnd", points, scale)
    moved += ((1 - scale) * points.sum(axis=1) / points.shape[1]).reshape(-1, 1, 3)
    shake = sigma * noise
    shake = np.where(np.abs(shake) > clip, np.sign(shake) * clip, shake)
    return moved + shake
