"""Oracle: every cell asked whether a mask covers it."""

import math

import numpy as np


def bands(size, limit, draws):
    found = []
    for u, v in np.asarray(draws).tolist():
        width = math.floor(u * (min(limit, size) + 1))
        start = math.floor(v * (size - width + 1))
        found.append(range(start, start + width))
    return found


def expected(spectrogram, max_bins, max_steps, frequency_draws, time_draws):
    wide = np.asarray(spectrogram, dtype=np.float64)
    f, steps = wide.shape
    rows, columns = bands(f, max_bins, frequency_draws), bands(steps, max_steps, time_draws)
    result, mean = wide.copy(), wide.mean()
    for i in range(f):
        for j in range(steps):
            if any(i in band for band in rows) or any(j in band for band in columns):
                result[i, j] = mean
    return result


def ask(t, spectrogram, max_bins, max_steps, frequency_draws, time_draws):
    draws = [np.array(d, dtype=float).reshape(-1, 2) for d in (frequency_draws, time_draws)]
    got = t.call("mask_spectrogram", spectrogram, max_bins, max_steps, *draws)
    t.close(got, expected(spectrogram, max_bins, max_steps, *draws), what="spectrogram")


def cells(t, f, steps):
    return t.rng.uniform(1, 2, size=(f, steps)) + np.arange(f)[:, None]


def example_one_mask(t):
    """One frequency mask over four bins."""
    ask(t, np.arange(12.0).reshape(4, 3), 2, 2, [[0.5, 0.7]], [])


def test_frequency_masks(t):
    """One and several frequency masks."""
    ask(t, cells(t, 11, 6), 4, 3, [[0.7, 0.5]], [])
    ask(t, cells(t, 20, 7), 5, 3, [[0.5, 0.05], [0.9, 0.95], [0.4, 0.5]], [])


def test_time_masks(t):
    """One and several time masks."""
    ask(t, cells(t, 6, 13), 3, 5, [], [[0.7, 0.5]])
    ask(t, cells(t, 5, 22), 3, 6, [], [[0.5, 0.05], [0.9, 0.95], [0.4, 0.5]])


def test_both(t):
    """Masks of both kinds, all filled with one value."""
    ask(t, cells(t, 9, 14), 3, 5, [[0.8, 0.2], [0.6, 0.9]], [[0.7, 0.6], [0.5, 0.1]])


def test_overlapping(t):
    """Masks that overlap."""
    ask(t, cells(t, 8, 10), 5, 5, [[0.9, 0.3], [0.8, 0.35]], [[0.9, 0.5], [0.9, 0.55]])


def test_random_masks(t):
    """Many random draws."""
    for _ in range(20):
        ask(t, cells(t, 12, 17), 5, 7, t.rng.random((2, 2)), t.rng.random((2, 2)))


def test_all_widths_and_starts(t):
    """Every width from 0 to the largest and every start comes up."""
    spectrogram = cells(t, 5, 4)
    for u in (np.arange(4) + 0.5) / 4:
        for v in (np.arange(12) + 0.5) / 12:
            ask(t, spectrogram, 3, 3, [[u, v]], [])
            ask(t, spectrogram, 3, 3, [], [[u, v]])


def test_ends_of_the_unit_interval(t):
    """Draws of exactly 0 and just below 1."""
    last = float(np.nextafter(1.0, 0.0))
    for u in (0.0, last):
        for v in (0.0, last):
            ask(t, cells(t, 6, 9), 3, 4, [[u, v]], [[u, v]])


def test_limits_beyond_the_size(t):
    """Limits larger than the spectrogram; everything may be masked."""
    for u in (0.3, 0.6, 0.99):
        ask(t, cells(t, 4, 7), 10, 3, [[u, 0.5]], [])
        ask(t, cells(t, 6, 3), 2, 50, [], [[u, 0.5]])


def test_no_masks(t):
    """No masks, and limits of 0."""
    ask(t, cells(t, 4, 5), 3, 3, [], [])
    ask(t, cells(t, 4, 5), 0, 0, [[0.9, 0.5]], [[0.9, 0.2]])


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, cells(t, 7, 9).astype(np.float32), 3, 4, [[0.8, 0.4]], [[0.6, 0.7]])


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(cells(t, 6, 8)).values():
        ask(t, array, 3, 4, [[0.8, 0.4]], [[0.6, 0.7]])
