"""Cloud by cloud, with diagonal matrices."""

import numpy as np


def jitter_and_scale(points, scale, noise, sigma, clip):
    result = np.empty_like(points)
    for i, cloud in enumerate(points):
        centre = np.average(cloud, axis=0)
        jitter = np.maximum(np.minimum(noise[i] * sigma, clip), -clip)
        result[i] = (cloud - centre) @ np.diag(scale[i]) + centre + jitter
    return result
