"""Oracle: vector by vector with math functions; in PyTorch gradients by central differences."""

import math

import numpy as np

RTOL = 1e-5  # leaves room for a small constant against the division by zero


def expected(s, axis=-1):
    vectors = np.moveaxis(np.array(s, dtype=np.float64), axis, -1)
    out = np.zeros(vectors.shape)
    for index in np.ndindex(vectors.shape[:-1]):
        vector = vectors[index].tolist()
        length = math.hypot(*vector)
        if length:
            new = 1 - 1 / (1 + length * length)
            out[index] = [x * new / length for x in vector]
    return np.moveaxis(out, -1, axis)


def ask(t, s, *axis, rtol=RTOL):
    got = t.call("squash", s, *axis)
    t.close(got, expected(s, *axis), rtol=rtol, what="result")
    return got


def vectors(t, *shape, axis=-1, low=0.5, high=3.0):
    """Random directions with lengths between low and high along the axis."""
    s = t.rng.normal(size=shape)
    lengths = t.rng.uniform(low, high, size=np.linalg.norm(s, axis=axis, keepdims=True).shape)
    return s / np.linalg.norm(s, axis=axis, keepdims=True) * lengths


def example_three_and_four(t):
    """Vectors of length 5 and 1."""
    ask(t, np.array([[3.0, 4.0], [0.6, -0.8]]))


def test_vectors_in_rows(t):
    """One vector in each row."""
    for shape in [(6, 3), (1, 5), (4, 8)]:
        ask(t, vectors(t, *shape))


def test_more_dimensions(t):
    """Batches of capsules, and a single vector without a batch."""
    for shape in [(2, 5, 4), (3, 2, 4, 6), (7,)]:
        ask(t, vectors(t, *shape))


def test_square(t):
    """As many vectors as entries."""
    ask(t, vectors(t, 4, 4))
    ask(t, vectors(t, 4, 4, axis=0), 0)


def test_other_axes(t):
    """Vectors along other axes, by position and by name."""
    for axis in (0, 1, 2, -1, -2, -3):
        ask(t, vectors(t, 3, 4, 5, axis=axis), axis)
    s = vectors(t, 3, 4, 5, axis=1)
    t.close(t.call("squash", s, axis=1), expected(s, 1), rtol=RTOL, what="result")


def test_short_vectors(t):
    """Short vectors shrink quadratically."""
    ask(t, vectors(t, 8, 3, low=0.5, high=0.7))
    ask(t, vectors(t, 8, 3, low=0.5, high=0.52), rtol=1e-6)


def test_long_vectors(t):
    """Long vectors come close to length 1 and stay below or at it."""
    s = np.concatenate([vectors(t, 8, 3, low=20.0, high=60.0), vectors(t, 8, 3, low=60.0, high=1e6)])
    got = np.linalg.norm(np.asarray(ask(t, s), dtype=np.float64), axis=-1)
    t.check(np.all(got <= 1 + 1e-9), "a squashed vector is longer than 1", got=got)


def test_direction(t):
    """Only the length changes: opposite and rotated vectors stay opposite and rotated."""
    s = vectors(t, 5, 4)
    ask(t, -s)
    ask(t, s @ np.linalg.qr(t.rng.normal(size=(4, 4)))[0])


def test_entries_of_one(t):
    """Vectors of a single entry."""
    ask(t, vectors(t, 6, 1))


def test_zero_vectors(t):
    """Zero vectors stay zero, alone and among others; in PyTorch their gradient is 0."""
    s = vectors(t, 6, 3)
    s[[1, 4]] = 0
    ask(t, s)
    ask(t, np.zeros((2, 3)))
    if t.framework.value == "torch":
        (gradient,) = t.gradients("squash", s)
        t.close(np.asarray(gradient)[[1, 4]].sum(), 0.0, rtol=1e-3, what="gradient at zero vectors")


def test_float32(t):
    """float32 vectors; in PyTorch also the gradients in float64."""
    ask(t, vectors(t, 8, 4).astype(np.float32))
    if t.framework.value == "torch":
        s, c = vectors(t, 4, 3), t.rng.normal(size=(4, 3))
        (gradient,) = t.gradients("squash", s, cotangent=c)
        t.close(gradient, t.numeric_gradient(lambda x: (expected(x) * c).sum(), s), rtol=1e-4, what="gradient")


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(vectors(t, 5, 4)).values():
        ask(t, array)
