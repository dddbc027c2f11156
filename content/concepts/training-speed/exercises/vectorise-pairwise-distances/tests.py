"""Oracle: the difference of each pair in float64, row by row; the speed is measured against the reference."""

import numpy as np


def expected(a, b):
    return np.array([[np.linalg.norm(u - v) for v in b] for u in a]).reshape(len(a), len(b))


def ask(t, a, b, want=None):
    want = expected(a, b) if want is None else want
    longest = max(np.linalg.norm(a, axis=1).max(), np.linalg.norm(b, axis=1).max())
    t.close(t.call("pairwise_distances", a, b), want, rtol=1e-6, scale=float(longest) or 1.0)


def example_few_points(t):
    """The example of the statement."""
    ask(t, np.array([[0.0, 0.0], [3.0, 4.0]]), np.array([[0.0, 0.0], [3.0, 0.0], [0.0, 8.0]]))


def test_random_points(t):
    """Random points, all sizes different."""
    for n, m, d in [(5, 7, 3), (9, 4, 6), (3, 8, 2)]:
        ask(t, 3 * t.rng.normal(size=(n, d)), t.rng.normal(size=(m, d)) + 1)


def test_equal_sizes(t):
    """As many points here as there, and as many coordinates."""
    ask(t, t.rng.normal(size=(6, 6)), t.rng.normal(size=(6, 6)))
    ask(t, t.rng.normal(size=(5, 3)), t.rng.normal(size=(5, 3)))


def test_single_rows(t):
    """One point on either side, one coordinate."""
    for n, m, d in [(1, 6, 4), (5, 1, 4), (1, 1, 3), (4, 6, 1)]:
        ask(t, t.rng.normal(size=(n, d)), t.rng.normal(size=(m, d)))


def test_rows_of_zeros(t):
    """Rows of zeros."""
    a, b = t.rng.normal(size=(4, 3)), t.rng.normal(size=(5, 3))
    a[1], b[2], b[4] = 0, 0, 0
    ask(t, a, b)
    ask(t, np.zeros((2, 3)), np.zeros((4, 3)))


def test_distances_to_itself(t):
    """The distances of a set to itself: no NaN where points are equal."""
    x = 5 * t.rng.normal(size=(80, 30)) + 2
    ask(t, x, x)


def test_equal_points_in_another_order(t):
    """Equal points off the diagonal."""
    x = 10 * t.rng.normal(size=(60, 20))
    ask(t, x, x[t.rng.permutation(60)])


def test_large_and_small_coordinates(t):
    """Coordinates of thousands, and of millionths."""
    for scale in (1e4, 1e-6):
        ask(t, scale * t.rng.normal(size=(6, 5)), scale * t.rng.normal(size=(4, 5)))


def test_memory(t):
    """Many coordinates: an array of n · m · d numbers does not fit."""
    a, b = t.rng.normal(size=(240, 1700)), t.rng.normal(size=(250, 1700))
    got = t.call("pairwise_distances", a, b)
    t.check(np.shape(got) == (240, 250), f"the shape is {np.shape(got)}; wanted (240, 250)")
    for i in (0, 119, 239):
        want = np.sqrt(((b - a[i]) ** 2).sum(axis=1))
        t.close(got[i], want, rtol=1e-6, scale=40.0, what=f"row {i}")


def test_speed(t):
    """The time is that of array operations."""
    t.speed(
        "pairwise_distances",
        lambda: (t.rng.normal(size=(400, 16)), t.rng.normal(size=(300, 16))),
        at_most=12,
        calls=3,
    )


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    a, b = t.rng.normal(size=(5, 4)), t.rng.normal(size=(5, 4))
    for u, v in zip(t.layouts(a).values(), t.layouts(b).values(), strict=True):
        ask(t, u, v)
