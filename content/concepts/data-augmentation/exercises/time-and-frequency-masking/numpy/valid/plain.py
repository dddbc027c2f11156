"""Two explicit loops and a mask of ones."""

import math

import numpy as np


def mask_spectrogram(spectrogram, max_bins, max_steps, frequency_draws, time_draws):
    f, t = spectrogram.shape
    keep = np.ones((f, t))
    for u, v in frequency_draws:
        d = math.floor(u * (1 + (max_bins if max_bins < f else f)))
        s = math.floor(v * (1 + f - d))
        for i in range(s, s + d):
            keep[i] = 0
    for u, v in time_draws:
        d = math.floor(u * (1 + (max_steps if max_steps < t else t)))
        s = math.floor(v * (1 + t - d))
        keep[:, s : s + d] = 0
    return keep * spectrogram + (1 - keep) * (spectrogram.sum() / spectrogram.size)
