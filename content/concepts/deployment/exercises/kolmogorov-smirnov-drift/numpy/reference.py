import numpy as np


def kolmogorov_smirnov(reference, current):
    """Largest distance of the distribution functions of two samples (n,) and (m,), and its asymptotic p-value."""
    n, m = len(reference), len(current)
    values = np.concatenate([reference, current])
    f = np.searchsorted(np.sort(reference), values, side="right") / n
    g = np.searchsorted(np.sort(current), values, side="right") / m
    statistic = np.abs(f - g).max()
    lam = statistic * np.sqrt(n * m / (n + m))
    if lam < 0.2:
        return statistic, 1.0
    j = np.arange(1, 101)
    p_value = 2 * ((-1.0) ** (j - 1) * np.exp(-2 * j**2 * lam**2)).sum()
    return statistic, min(max(p_value, 0.0), 1.0)
