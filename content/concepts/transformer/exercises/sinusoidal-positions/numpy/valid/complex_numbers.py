"""As powers of complex numbers, split into imaginary and real parts."""

import numpy as np


def sinusoidal_positions(n, d, base=10000.0):
    if d % 2 == 1:
        raise ValueError
    omega = 1.0 / np.power(float(base), np.linspace(0, 1, d // 2, endpoint=False))
    z = np.exp(1j * np.arange(n)[:, np.newaxis] * omega)
    return np.stack([z.imag, z.real], axis=-1).reshape(n, d)
