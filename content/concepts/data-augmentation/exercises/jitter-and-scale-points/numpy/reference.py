import numpy as np


def jitter_and_scale(points, scale, noise, sigma, clip):
    """`points` (b, n, 3) scaled by `scale` (b, 3) about their centroids, plus `sigma * noise` limited to +-`clip`."""
    centroid = points.mean(axis=1, keepdims=True)
    jitter = np.clip(sigma * noise, -clip, clip)
    return centroid + scale[:, None, :] * (points - centroid) + jitter
