import numpy as np


def grad_cam(activations, gradients):
    """Channel importance (n, c) and heat maps (n, h, w) in [0, 1] from activations and gradients (n, c, h, w)."""
    importance = gradients.mean(axis=(2, 3))
    maps = np.einsum("nk,nkhw->nhw", importance, activations)
    maps = np.maximum(maps, 0)
    largest = maps.max(axis=(1, 2), keepdims=True)
    return importance, maps / np.where(largest > 0, largest, 1)
