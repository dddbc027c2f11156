"""Oracle: the vectors one by one, each compared with the limit, in float64."""

import math

import numpy as np

NAME = "max_norm"
RTOL = 1e-5


def expected(w, c, axis=0):
    wide = np.asarray(w, dtype=np.float64)
    axes = [a % wide.ndim for a in (axis if isinstance(axis, tuple) else (axis,))]
    out = wide.copy()
    for at in np.ndindex(*(1 if i in axes else n for i, n in enumerate(wide.shape))):
        vector = tuple(slice(None) if i in axes else k for i, k in enumerate(at))
        norm = math.sqrt(math.fsum(float(v) ** 2 for v in np.ravel(wide[vector])))
        if norm > c:
            out[vector] = wide[vector] * c / norm
    return out


def ask(t, w, c, *args, **options):
    got = t.call(NAME, w, c, *args, **options)
    axis = args[0] if args else options.get("axis", 0)
    t.close(got, expected(w, c, axis), rtol=RTOL, what="constrained weights")
    return got


def data(t, shape, c, axis=0, dtype=np.float64):
    """Vectors of which about half are too long and half short, in turn."""
    w = t.rng.normal(size=shape)
    axes = axis if isinstance(axis, tuple) else (axis,)
    norm = np.sqrt((w**2).sum(axis=axes, keepdims=True))
    lengths = np.resize([0.3, 2.5, 1.4, 0.8], norm.size).reshape(norm.shape) * t.rng.uniform(0.9, 1.1, size=norm.shape)
    return (w / norm * lengths * c).astype(dtype)


def example_two_columns(t):
    """Two columns of norms 5 and 1 with c = 2."""
    ask(t, np.array([[3.0, 0.6], [4.0, 0.8]]), 2.0)


def test_columns(t):
    """The default axis: each column is a vector."""
    for shape, c in [((3, 5), 1.0), ((7, 4), 3.0), ((2, 9), 0.25)]:
        ask(t, data(t, shape, c), c)


def test_rows(t):
    """axis=1 and axis=-1: each row is a vector."""
    ask(t, data(t, (5, 3), 2.0, 1), 2.0, axis=1)
    ask(t, data(t, (4, 6), 0.5, 1), 0.5, axis=-1)


def test_square_matrix(t):
    """A square matrix, along either axis."""
    for axis in (0, 1):
        ask(t, data(t, (4, 4), 2.0, axis), 2.0, axis=axis)


def test_kernels(t):
    """A convolution's kernel: one vector for each output channel, or for each input channel."""
    ask(t, data(t, (4, 3, 2, 5), 1.5, (1, 2, 3)), 1.5, axis=(1, 2, 3))
    ask(t, data(t, (4, 3, 2, 5), 1.5, (0, 2, 3)), 1.5, axis=(0, 2, 3))
    ask(t, data(t, (4, 3, 2), 1.5, (0, 2)), 1.5, axis=(0, -1))


def test_one_vector(t):
    """An array with one dimension is one vector."""
    ask(t, data(t, (6,), 1.0) * 10, 1.0)
    ask(t, data(t, (6,), 1.0), 1.0, axis=-1)


def test_short_vectors_stay(t):
    """Nothing changes if all vectors are short, whatever their single weights."""
    w = data(t, (5, 8), 1.0) / 5
    ask(t, w, 1.0)
    ask(t, np.eye(4)[:, :3] * 0.9 + 0.01 * t.rng.random(size=(4, 3)), 1.0)


def test_all_too_long(t):
    """All vectors are too long, some by far; single weights may be below the limit."""
    ask(t, t.rng.choice([-0.9, 0.9], size=(30, 4)), 1.0)
    ask(t, t.rng.normal(size=(5, 6)) * np.array([1e1, 1e2, 1e3, 1e4, 1e5, 1e6]) + 1, 2.0)


def test_zero_vectors(t):
    """Vectors of zeros stay zero."""
    w = data(t, (3, 6), 1.0)
    w[:, [1, 4]] = 0.0
    got = ask(t, w, 1.0)
    t.check(np.isfinite(np.asarray(got)).all(), "the result is not finite", got=got)
    ask(t, np.zeros((3, 2)), 1.0)


def test_twice(t):
    """Applied twice it changes nothing more."""
    once = ask(t, data(t, (4, 7), 2.0), 2.0)
    twice = t.call(NAME, np.asarray(once), 2.0)
    t.close(twice, np.asarray(once), rtol=RTOL, what="the result of a second application")


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, data(t, (6, 9), 1.2, 0, np.float32), 1.2)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(data(t, (4, 6), 1.0)).values():
        ask(t, array, 1.0)
