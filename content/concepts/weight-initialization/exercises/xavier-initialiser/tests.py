"""Oracle: fans counted over the index set, and the definition in plain Python."""

import math

import numpy as np

SHAPES = [(3, 2), (4, 7), (5, 5), (6, 1), (1, 3), (4, 3, 5), (2, 6, 3, 5), (3, 2, 1, 1), (2, 3, 2, 4, 3)]


def expected_fans(shape):
    weights = np.zeros(shape)
    return weights[0].size, weights[:, 0].size


def spread(shape, gain):
    return gain * math.sqrt(2.0 / sum(expected_fans(shape)))


def uniform(u, gain=1.0):
    bound = math.sqrt(3.0) * spread(u.shape, gain)
    return np.interp(np.asarray(u, dtype=np.float64), [0.0, 1.0], [-bound, bound])


def normal(z, gain=1.0):
    return np.asarray(z, dtype=np.float64) * spread(z.shape, gain)


def example_dense(t):
    """The example of the statement."""
    t.equal(t.call("fans", (3, 2)), (2, 3))
    u = np.array([[0.75, 0.0], [0.5, 0.25], [0.9, 0.1]])
    t.close(t.call("xavier_uniform", u), uniform(u))


def test_fans_of_dense_layers(t):
    """Fans of dense layers."""
    for shape in [s for s in SHAPES if len(s) == 2] + [(128, 784)]:
        t.equal(t.call("fans", shape), expected_fans(shape), what=f"fans({shape})")


def test_fans_of_convolutions(t):
    """Fans of convolutions with kernels of one to three dimensions."""
    for shape in [s for s in SHAPES if len(s) > 2]:
        t.equal(t.call("fans", shape), expected_fans(shape), what=f"fans({shape})")


def test_uniform(t):
    """Uniform weights of dense layers and convolutions."""
    for shape in SHAPES:
        u = t.rng.random(size=shape)
        t.close(t.call("xavier_uniform", u), uniform(u))


def test_normal(t):
    """Normal weights of dense layers and convolutions."""
    for shape in SHAPES:
        z = t.rng.normal(size=shape)
        t.close(t.call("xavier_normal", z), normal(z))


def test_gain(t):
    """Other gains."""
    for gain in (5 / 3, 0.5, math.sqrt(2)):
        for shape in [(4, 7), (2, 6, 3, 5)]:
            u, z = t.rng.random(size=shape), t.rng.normal(size=shape)
            t.close(t.call("xavier_uniform", u, gain=gain), uniform(u, gain), what="xavier_uniform")
            t.close(t.call("xavier_normal", z, gain=gain), normal(z, gain), what="xavier_normal")


def test_ends_of_the_interval(t):
    """u = 0 is the lower end, u = 1/2 the middle."""
    u = t.rng.random(size=(3, 5))
    u[0, 0], u[1, 2] = 0.0, 0.5
    t.close(t.call("xavier_uniform", u), uniform(u))


def test_moments(t):
    """Many weights have mean 0 and the right variance in both variants."""
    shape = (120, 30, 4, 3)
    want = 2 / sum(expected_fans(shape))
    for name, draws in (("xavier_uniform", t.rng.random(size=shape)), ("xavier_normal", t.rng.normal(size=shape))):
        got = np.asarray(t.call(name, draws), dtype=np.float64)
        t.check(got.shape == shape, f"{name}: the shape is {got.shape}; wanted {shape}")
        t.check(abs(got.var() / want - 1) < 0.05, f"{name}: the variance differs", got=float(got.var()), want=want)
        t.check(abs(got.mean()) < 0.05 * math.sqrt(want), f"{name}: the mean is not 0", got=float(got.mean()))


def test_float32(t):
    """float32 in, right to float32 precision."""
    u, z = t.rng.random(size=(6, 4)).astype(np.float32), t.rng.normal(size=(3, 2, 5)).astype(np.float32)
    t.close(t.call("xavier_uniform", u), uniform(u))
    t.close(t.call("xavier_normal", z), normal(z))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.random(size=(4, 6))).values():
        t.close(t.call("xavier_uniform", array, gain=2.0), uniform(array, 2.0))
        t.close(t.call("xavier_normal", array, gain=2.0), normal(array, 2.0))
