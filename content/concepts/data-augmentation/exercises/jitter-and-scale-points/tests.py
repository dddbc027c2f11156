"""Oracle: coordinate by coordinate."""

import numpy as np


def expected(points, scale, noise, sigma, clip):
    result = np.zeros(points.shape)
    b, n, _ = points.shape
    for i in range(b):
        for d in range(3):
            centre = sum(float(points[i, j, d]) for j in range(n)) / n
            for j in range(n):
                jitter = min(max(sigma * float(noise[i, j, d]), -clip), clip)
                result[i, j, d] = centre + float(scale[i, d]) * (float(points[i, j, d]) - centre) + jitter
    return result


def ask(t, points, scale, noise, sigma, clip):
    got = t.call("jitter_and_scale", points, scale, noise, sigma, clip)
    t.close(got, expected(points, scale, noise, sigma, clip), what="points")


def cloud(t, b, n):
    """Points that are not centred; every cloud elsewhere."""
    return t.rng.normal(size=(b, n, 3)) + t.rng.uniform(2, 5, size=(b, 1, 3)) + 3 * np.arange(b)[:, None, None]


def factors(t, b):
    return np.array([0.5, 1.4, 2.0]) + t.rng.uniform(0, 0.3, size=(b, 3))


def draws(t, b, n):
    """Normal numbers with some large ones of both signs in every cloud."""
    noise = t.rng.normal(size=(b, n, 3))
    noise[:, 0] = [3.5, -3.5, 0.3]
    return noise


def example_two_points(t):
    """The example of the statement."""
    ask(t, np.array([[[0.0, 0.0, 0.0], [2.0, 2.0, 2.0]]]), np.array([[2.0, 1.0, 1.0]]), np.ones((1, 2, 3)), 0.0, 0.1)


def test_both(t):
    """Scaled and jittered, with a limit that is reached."""
    ask(t, cloud(t, 4, 9), factors(t, 4), draws(t, 4, 9), 0.1, 0.2)


def test_scale_only(t):
    """No jitter."""
    ask(t, cloud(t, 3, 5), factors(t, 3), draws(t, 3, 5), 0.0, 0.5)


def test_jitter_only(t):
    """Factors of 1; a limit that is never reached."""
    ask(t, cloud(t, 3, 5), np.ones((3, 3)), draws(t, 3, 5), 0.5, 100.0)


def test_limit(t):
    """A large sigma, so that most of the jitter is limited, to both sides."""
    ask(t, cloud(t, 2, 8), factors(t, 2), draws(t, 2, 8), 3.0, 0.5)
    ask(t, cloud(t, 2, 8), factors(t, 2), draws(t, 2, 8), 0.01, 2.0)


def test_limit_of_zero(t):
    """A limit of 0 allows no jitter."""
    ask(t, cloud(t, 2, 4), factors(t, 2), draws(t, 2, 4), 0.7, 0.0)


def test_square_shapes(t):
    """Three clouds of three points."""
    ask(t, cloud(t, 3, 3), factors(t, 3) * np.array([[1.0], [1.5], [3.0]]), draws(t, 3, 3), 0.2, 0.4)


def test_small_batches(t):
    """One cloud; a single point, which scaling does not move."""
    ask(t, cloud(t, 1, 6), factors(t, 1), draws(t, 1, 6), 0.1, 0.3)
    ask(t, cloud(t, 2, 1), factors(t, 2), draws(t, 2, 1), 0.1, 0.3)


def test_float32(t):
    """float32 in, right to float32 precision."""
    arrays = [a.astype(np.float32) for a in (cloud(t, 2, 7), factors(t, 2), draws(t, 2, 7))]
    ask(t, *arrays, 0.1, 0.25)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(cloud(t, 2, 4)).values():
        ask(t, array, factors(t, 2), draws(t, 2, 4), 0.1, 0.25)
