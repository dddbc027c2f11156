"""All masks of an axis at once, as comparisons with np.arange."""

import numpy as np


def _hidden(size, limit, draws):
    width = np.floor(draws[:, 0] * (min(limit, size) + 1))
    start = np.floor(draws[:, 1] * (size - width + 1))
    place = np.arange(size)[:, None]
    return ((place >= start) & (place < start + width)).any(axis=1)


def mask_spectrogram(spectrogram, max_bins, max_steps, frequency_draws, time_draws):
    f, t = spectrogram.shape
    hidden = _hidden(f, max_bins, frequency_draws)[:, None] | _hidden(t, max_steps, time_draws)[None, :]
    return np.where(hidden, np.mean(spectrogram), spectrogram)
