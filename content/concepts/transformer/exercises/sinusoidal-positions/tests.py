"""Oracle: entry by entry with the math module."""

import math

import numpy as np

NAME = "sinusoidal_positions"


def expected(n, d, base=10000.0):
    pairs = [
        [(math.sin(t / base ** (2 * i / d)), math.cos(t / base ** (2 * i / d))) for i in range(d // 2)]
        for t in range(n)
    ]
    return {
        "interleaved": np.array([[v for pair in row for v in pair] for row in pairs]),
        "concatenated": np.array([[s for s, _ in row] + [c for _, c in row] for row in pairs]),
    }


def ask(t, *args, rtol=None, **kwargs):
    got = t.call(NAME, *args, **kwargs)
    t.either(got, "layout", expected(*args, **kwargs), what="positions", rtol=rtol)
    return np.asarray(got, dtype=np.float64)


def pick(t, low, high):
    return int(t.rng.integers(low, high))


def example_four_columns(t):
    """Three positions, four columns."""
    ask(t, 3, 4)


def test_sizes(t):
    """Several lengths and widths."""
    for _ in range(8):
        ask(t, pick(t, 2, 40), 2 * pick(t, 2, 33))
    ask(t, 6, 6)
    ask(t, 4, 12)


def test_one_pair(t):
    """Two columns: one frequency."""
    ask(t, 7, 2)


def test_one_position(t):
    """A single position: sines of 0, cosines of 1."""
    for d in (4, 10):
        ask(t, 1, d)


def test_base(t):
    """Another base, a whole number too."""
    for base in (100.0, 500000.0, 2.0, 1000, float(t.rng.uniform(20, 5000))):
        ask(t, 9, 8, base=base)
        ask(t, 9, 6, base)


def test_long_sequences(t):
    """Thousands of positions keep their precision."""
    ask(t, 5000, 8, rtol=1e-9)


def test_wide(t):
    """Many columns."""
    ask(t, 12, 512)


def test_distance_decides(t):
    """The dot product of two encodings depends on their distance only."""
    d = 2 * pick(t, 3, 20)
    rows = ask(t, 30, d)
    dots = rows @ rows.T
    for k in (0, 1, 7, 20):
        along = np.diag(dots, k)
        t.check(np.allclose(along, along[0], atol=1e-9 * d), f"the dot products at distance {k} differ", got=along)


def test_odd_width(t):
    """An odd number of columns is refused."""
    for d in (1, 3, 7):
        t.raises(NAME, 5, d, error="ValueError")
