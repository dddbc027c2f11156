import numpy as np


def add_noise_at_snr(signals, noises, snr_db):
    """`signals` (n, t) plus `noises` (n, s), repeated or cut to t samples and scaled to `snr_db` (n,) row by row."""
    noise = noises[:, np.arange(signals.shape[1]) % noises.shape[1]]  # (n, t)
    signal_power = (signals**2).mean(axis=1)
    noise_power = (noise**2).mean(axis=1)
    wanted_power = signal_power / 10 ** (snr_db / 10)
    silent = noise_power == 0
    gain = np.where(silent, 0, np.sqrt(wanted_power / np.where(silent, 1, noise_power)))
    return signals + gain[:, None] * noise
