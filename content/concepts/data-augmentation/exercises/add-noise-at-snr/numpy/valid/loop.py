"""Row by row with np.resize and root mean squares."""

import numpy as np


def add_noise_at_snr(signals, noises, snr_db):
    out = signals.copy()
    for i in range(len(signals)):
        z = np.resize(noises[i], signals.shape[1])
        rms_x = np.sqrt(np.mean(np.square(signals[i])))
        rms_z = np.sqrt(np.mean(np.square(z)))
        if rms_z > 0:
            out[i] += z * (rms_x / rms_z) * 10 ** (-snr_db[i] / 20)
    return out
