def _masks(size, limit, draws):
    """The slice of each mask along an axis of `size`."""
    for u, v in draws:
        width = int(u * (min(limit, size) + 1))  # 0 to limit
        start = int(v * (size - width + 1))
        yield slice(start, start + width)


def mask_spectrogram(spectrogram, max_bins, max_steps, frequency_draws, time_draws):
    """A copy of `spectrogram` (f, t) with bands of bins and of steps set to its mean, from draws (a, 2) and (b, 2)."""
    mean = spectrogram.mean()
    masked = spectrogram.copy()
    for bins in _masks(spectrogram.shape[0], max_bins, frequency_draws):
        masked[bins, :] = mean
    for steps in _masks(spectrogram.shape[1], max_steps, time_draws):
        masked[:, steps] = mean
    return masked
