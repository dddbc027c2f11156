"""Oracle: both distribution functions by counting at every value; the p-value from the dual (theta) series."""

import math

import numpy as np


def survival(lam):
    """The same function as the statement's by its other series, good for small lambda, and directly for large ones."""
    if lam == 0:
        return 1.0
    if lam < 1:
        terms = [math.exp(-(((2 * j - 1) * math.pi) ** 2) / (8 * lam * lam)) for j in range(1, 60)]
        return 1 - math.sqrt(2 * math.pi) / lam * math.fsum(terms)
    return 2 * math.fsum((-1) ** (j - 1) * math.exp(-2 * (j * lam) ** 2) for j in range(1, 60))


def expected(reference, current):
    a, b = np.asarray(reference, dtype=np.float64), np.asarray(current, dtype=np.float64)
    points = np.concatenate([a, b])
    f = (a[None, :] <= points[:, None]).mean(axis=1)
    g = (b[None, :] <= points[:, None]).mean(axis=1)
    statistic = float(np.abs(f - g).max())
    return statistic, survival(statistic * math.sqrt(len(a) * len(b) / (len(a) + len(b))))


def ask(t, reference, current):
    """Both ways round, since the distance is symmetric."""
    one_way(t, reference, current)
    one_way(t, current, reference)


def one_way(t, reference, current):
    got = t.call("kolmogorov_smirnov", np.array(reference), np.array(current))
    if not isinstance(got, tuple | list | np.ndarray) or len(got) != 2:
        t.fail("return a pair (statistic, p_value)", returned=got)
    statistic, p = expected(reference, current)
    t.close(got[0], statistic, what="statistic")
    t.close(got[1], p, rtol=1e-9, scale=1.0, what="p_value")
    t.check(0 <= float(got[1]) <= 1, "the p-value is not between 0 and 1", got=got[1])


def example_four_values(t):
    """The example of the statement."""
    ask(t, np.array([1.0, 2.0, 3.0, 4.0]), np.array([3.0, 4.0, 5.0, 6.0]))


def test_shifted(t):
    """Two normal samples of different size, one of them moved to either side."""
    for shift in (0.25, -0.25):
        ask(t, t.rng.normal(size=60), t.rng.normal(size=95) + shift)


def test_wider(t):
    """A change of the spread only."""
    narrow = (np.arange(150) + t.rng.random(150)) / 75 - 1  # evenly spread, so that the p-value is not negligible
    wide = (np.arange(80) + t.rng.random(80)) / 10 - 3
    ask(t, t.rng.permutation(narrow), t.rng.permutation(wide))


def test_direction(t):
    """The distance counts whichever function is the larger, and at the largest place."""
    ask(t, np.array([0.0, 1.0, 8.0, 9.0, 10.0]), np.array([2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.5]))


def test_ties(t):
    """Repeated values within and across the samples."""
    ask(
        t,
        t.rng.permutation(np.repeat([1.0, 2.0, 3.0], [9, 14, 5])),
        t.rng.permutation(np.repeat([1.0, 2.0, 3.0], [7, 4, 13])),
    )
    ask(t, np.ones(7), np.ones(12))
    ask(t, t.rng.permutation(np.repeat([1.0, 2.0], [20, 10])), t.rng.permutation(np.repeat([1.0, 2.0], [6, 3])))


def test_rounded_values(t):
    """Values rounded to whole numbers, of which many are equal."""
    ask(t, np.round(t.rng.normal(size=30) * 2), np.round(t.rng.normal(size=20) * 2 + 0.5))


def test_same_sample(t):
    """A sample against itself in another order."""
    values = t.rng.normal(size=40)
    ask(t, values, t.rng.permutation(values))


def test_apart(t):
    """Samples that do not overlap."""
    low, high = t.rng.uniform(0, 1, size=25), t.rng.uniform(2, 3, size=31)
    ask(t, low, high)


def test_tiny_distance(t):
    """Large samples that hardly differ: lambda is close to 0."""
    values = np.sort(t.rng.normal(size=1500))
    changed = values.copy()
    changed[700:703] = (values[702] + values[703]) / 2
    ask(t, t.rng.permutation(values), t.rng.permutation(changed))


def test_one_step_of_many(t):
    """Larger samples that differ in the place of a single value: lambda is smaller still, but not 0."""
    values = np.sort(t.rng.normal(size=2500))
    changed = values.copy()
    place = int(t.rng.integers(500, 2000))
    changed[place] = (values[place] + values[place + 1]) / 2
    ask(t, t.rng.permutation(values), t.rng.permutation(changed))


def test_around_the_limit(t):
    """Values of lambda around 0.2 and up to 1."""
    values = np.arange(800.0)
    for moved in (3, 5, 9, 16, 24, 36):
        current = values.copy()
        current[300 : 300 + moved] = 300.0 + moved - 0.5
        ask(t, t.rng.permutation(values), t.rng.permutation(current))


def test_single_values(t):
    """Samples of one value."""
    ask(t, np.array([1.5]), np.array([2.5]))
    ask(t, np.array([1.5]), np.array([1.5]))
    ask(t, np.array([0.3]), t.rng.uniform(size=9))


def test_uneven_sizes(t):
    """A large reference and a small current sample."""
    ask(t, t.rng.normal(size=2000), t.rng.normal(size=12) + 0.3)
