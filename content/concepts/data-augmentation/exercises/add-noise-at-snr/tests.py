"""Oracle: row by row from the definition; the reached ratio is measured too."""

import math

import numpy as np


def expected(signals, noises, snr_db):
    result = np.array(signals, dtype=np.float64)
    n, length = signals.shape
    for i in range(n):
        noise = np.array([float(noises[i][k % noises.shape[1]]) for k in range(length)])
        power_x = sum(float(v) ** 2 for v in signals[i]) / length
        power_z = sum(float(v) ** 2 for v in noise) / length
        if power_x > 0 and power_z > 0:
            wanted = power_x / 10 ** (float(snr_db[i]) / 10)
            result[i] += noise * math.sqrt(wanted / power_z)
    return result


def ask(t, signals, noises, snr_db):
    got = t.call("add_noise_at_snr", signals, noises, snr_db)
    t.close(got, expected(signals, noises, snr_db), what="noisy signals")
    return np.asarray(got)


def example_two_samples(t):
    """The example of the statement."""
    ask(t, np.array([[2.0, -2.0]]), np.array([[1.0, 1.0]]), np.array([0.0]))


def test_several_ratios(t):
    """Positive, zero and negative ratios side by side."""
    snr = np.array([20.0, 0.0, -10.0, 3.0]) + t.rng.random(4)
    ask(t, t.rng.normal(size=(4, 50)), t.rng.normal(size=(4, 50)) * 3, snr)


def test_reached_ratio(t):
    """The ratio that is reached is the one that was asked for."""
    signals, snr = t.rng.normal(size=(3, 400)), t.rng.uniform(5, 15, size=3)
    added = ask(t, signals, t.rng.uniform(-1, 1, size=(3, 400)), snr) - signals
    reached = 10 * np.log10((signals**2).mean(axis=1) / (added**2).mean(axis=1))
    t.close(reached, snr, rtol=1e-8, what="reached ratio")


def test_rows_of_different_loudness(t):
    """Loud and quiet recordings with loud and quiet noises."""
    signals = t.rng.normal(size=(3, 30)) * np.array([[100.0], [1.0], [3.0]])
    noises = t.rng.normal(size=(3, 30)) * np.array([[0.1], [50.0], [2.0]])
    ask(t, signals, noises, np.array([7.0, 2.0, -4.0]))


def test_offset(t):
    """Recordings and noises whose mean is not 0."""
    ask(t, t.rng.normal(size=(2, 25)) + 4, t.rng.normal(size=(2, 25)) - 3, np.array([6.0, -2.0]))


def test_short_noise(t):
    """A noise that has to be repeated, and not a whole number of times."""
    for s in (7, 1, 13, 19):
        ask(t, t.rng.normal(size=(3, 20)), t.rng.uniform(0.5, 2, size=(3, s)), np.array([3.0, 8.0, -1.0]))


def test_long_noise(t):
    """A noise that is longer; its loud end does not count."""
    noises = t.rng.normal(size=(3, 45)) * np.where(np.arange(45) < 20, 1.0, 30.0)
    ask(t, t.rng.normal(size=(3, 20)), noises, np.array([5.0, -5.0, 0.0]))


def test_silence(t):
    """Rows whose signal or noise is silent stay as they are."""
    signals, noises = t.rng.normal(size=(4, 12)), t.rng.normal(size=(4, 12))
    signals[0] = 0.0
    noises[2] = 0.0
    signals[3] = noises[3] = 0.0
    ask(t, signals, noises, np.array([5.0, 5.0, 5.0, -5.0]))


def test_silent_part_of_a_noise(t):
    """A long noise that is silent where it is used."""
    noises = np.where(np.arange(30) < 10, 0.0, t.rng.normal(size=(2, 30)))
    ask(t, t.rng.normal(size=(2, 10)), noises, np.array([0.0, 3.0]))


def test_one_row(t):
    """A single recording; as many rows as samples."""
    ask(t, t.rng.normal(size=(1, 9)), t.rng.normal(size=(1, 4)), np.array([4.5]))
    ask(t, t.rng.normal(size=(6, 6)) * np.arange(1, 7)[:, None], t.rng.normal(size=(6, 6)), t.rng.uniform(2, 9, size=6))


def test_float32(t):
    """float32 in, right to float32 precision."""
    snr = np.array([10.0, 2.5, -3.0], dtype=np.float32)
    ask(t, t.rng.normal(size=(3, 40)).astype(np.float32), t.rng.normal(size=(3, 15)).astype(np.float32), snr)
