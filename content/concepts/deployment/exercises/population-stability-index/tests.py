"""Oracle: counting value by value."""

import math

import numpy as np


def shares(values, edges, epsilon):
    counts = [0] * (len(edges) + 1)
    for v in values.tolist():
        counts[sum(1 for e in edges.tolist() if e <= v)] += 1
    return [max(c / len(values), epsilon) for c in counts]


def expected(reference, current, edges, epsilon=1e-4):
    p, q = shares(reference, edges, epsilon), shares(current, edges, epsilon)
    parts = [(b - a) * (math.log(b) - math.log(a)) for a, b in zip(p, q, strict=True)]
    return math.fsum(parts), np.array(parts)


def ask(t, reference, current, edges, *epsilon):
    edges = np.array(edges, dtype=float)
    got = t.call("population_stability_index", reference, current, edges, *epsilon)
    t.close(got, expected(reference, current, edges, *epsilon), scale=1.0, what="(index, contributions)")


def sample(t, edges, counts):
    """Shuffled values with the given number in each bin."""
    inner = np.array(edges, dtype=float)
    low = np.concatenate([[inner[0] - 2], inner])
    high = np.concatenate([inner, [inner[-1] + 2]])
    width = high - low
    parts = [a + w * t.rng.uniform(0.1, 0.9, size=c) for a, w, c in zip(low, width, counts, strict=True)]
    return t.rng.permutation(np.concatenate(parts))


def example_two_bins(t):
    """The example of the statement."""
    ask(t, np.array([-1.0, 1.0]), np.array([1.0, 2.0, -1.0, 0.0]), [0.0])


def test_several_bins(t):
    """Shares that differ in every bin, samples of different size."""
    edges = [-1.5, 0.0, 0.5, 3.0]
    ask(t, sample(t, edges, [10, 25, 30, 20, 15]), sample(t, edges, [12, 9, 20, 30, 6]), edges)


def test_random_samples(t):
    """A normal distribution that has moved and widened, bins by its deciles."""
    reference = t.rng.normal(size=400)
    edges = np.quantile(reference, np.arange(1, 10) / 10)
    ask(t, reference, t.rng.normal(size=300) * 1.3 + 0.6, edges)


def test_outside_the_old_range(t):
    """Values far below and above everything seen before."""
    edges = [0.0, 1.0, 2.0]
    reference, current = sample(t, edges, [10, 20, 30, 15]), sample(t, edges, [10, 6, 8, 16])
    current[current < 0] *= 1e6
    current[current > 2] *= 1e6
    ask(t, reference, current, edges)
    ask(t, current, reference, edges)


def test_values_on_borders(t):
    """A value on a border belongs to the bin above."""
    reference = np.repeat([-1.0, 0.0, 0.5, 1.0, 2.0, 3.0], [3, 5, 2, 6, 4, 3])
    current = np.repeat([-1.0, 0.0, 0.5, 1.0, 2.0, 3.0], [2, 9, 3, 1, 8, 4])
    ask(t, t.rng.permutation(reference), t.rng.permutation(current), [0.0, 1.0, 2.0])


def test_empty_bins(t):
    """Bins that are empty in one sample, in the other, or in both."""
    edges = [0.0, 1.0, 2.0, 3.0]
    ask(t, sample(t, edges, [0, 12, 20, 0, 8]), sample(t, edges, [5, 0, 25, 0, 9]), edges)


def test_borders_beyond_the_data(t):
    """Borders below and above all values of both samples."""
    edges = [0.0, 1.0, 2.0, 3.0]
    ask(t, sample(t, edges, [0, 12, 20, 5, 0]), sample(t, edges, [0, 9, 5, 14, 0]), edges)
    ask(t, sample(t, edges, [0, 0, 20, 0, 0]), sample(t, edges, [0, 0, 11, 0, 0]), edges)


def test_other_epsilon(t):
    """Another smallest share; shares above it stay, those below are raised."""
    edges = [0.0, 1.0, 2.0]
    reference, current = sample(t, edges, [0, 30, 2, 68]), sample(t, edges, [1, 40, 59, 0])
    for epsilon in (1e-6, 0.005, 0.03):
        ask(t, reference, current, edges, epsilon)


def test_rare_bins(t):
    """Shares just above the smallest one are not changed."""
    edges = [0.0, 1.0]
    ask(t, sample(t, edges, [1, 1990, 9]), sample(t, edges, [3, 1496, 1]), edges)


def test_no_drift(t):
    """The same sample in another order has an index of 0."""
    edges = [0.0, 1.0, 2.0]
    reference = sample(t, edges, [10, 20, 5, 7])
    ask(t, reference, t.rng.permutation(reference), edges)


def test_one_bin_and_one_value(t):
    """No borders at all; samples of a single value."""
    ask(t, t.rng.normal(size=5), t.rng.normal(size=8), [])
    ask(t, np.array([-0.5]), np.array([0.5]), [0.0])


def test_uneven_sizes(t):
    """A large reference and a small current sample."""
    edges = [0.0, 1.0, 2.0]
    ask(t, sample(t, edges, [100, 700, 900, 300]), sample(t, edges, [4, 9, 2, 5]), edges)
