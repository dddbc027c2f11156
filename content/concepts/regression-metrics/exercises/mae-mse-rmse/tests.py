"""Oracle: Python's own numbers, which neither wrap round nor overflow here, summed exactly."""

import math

import numpy as np

NAME = "regression_errors"


def expected(y_true, y_pred):
    pairs = zip(np.ravel(y_true).tolist(), np.ravel(y_pred).tolist(), strict=True)
    errors = [a - b for a, b in pairs]
    mse = math.fsum(e * e for e in errors) / len(errors)
    return math.fsum(map(abs, errors)) / len(errors), mse, math.sqrt(mse)


def ask(t, y_true, y_pred):
    got = t.call(NAME, y_true, y_pred)
    t.check(
        isinstance(got, tuple | list | np.ndarray) and np.shape(got) == (3,),
        "wanted a triple (mae, mse, rmse)",
        got=got,
    )
    for name, a, b in zip(("mae", "mse", "rmse"), got, expected(y_true, y_pred), strict=True):
        t.close(a, b, what=name)
    return got


def data(t, shape, dtype=np.float64):
    y_true = 3 * t.rng.normal(size=shape) + 1
    return y_true.astype(dtype), (y_true + t.rng.normal(size=shape) + 0.5).astype(dtype)


def example_of_the_statement(t):
    """Three examples."""
    ask(t, np.array([1, 2, 3]), np.array([1, 2, 6]))


def test_random(t):
    """Random vectors of several lengths."""
    for n in (1, 2, 7, 100):
        ask(t, *data(t, n))


def test_several_dimensions(t):
    """Matrices and more, all elements counting alike."""
    for shape in [(3, 5), (4, 1), (2, 3, 4), (1, 6)]:
        y_true, y_pred = data(t, shape)
        ask(t, y_true, y_pred * np.linspace(0.5, 4, shape[-1]))


def test_one_sided(t):
    """Errors that are all positive, or all negative, or cancel."""
    y_true, y_pred = data(t, 12)
    ask(t, y_true, y_true + np.abs(y_pred))
    ask(t, y_true, y_true - np.abs(y_pred))
    ask(t, np.zeros(4), np.array([1.0, -1.0, 2.0, -2.0]) * t.rng.uniform(0.5, 2))


def test_perfect(t):
    """Perfect predictions."""
    y_true, _ = data(t, (4, 3))
    ask(t, y_true, y_true.copy())


def test_small_and_large(t):
    """Errors far below and far above one."""
    y_true, y_pred = data(t, 20)
    for scale in (1e-8, 1e6):
        ask(t, y_true * scale, y_pred * scale)


def test_unsigned(t):
    """Unsigned integers with errors of both signs."""
    for dtype in (np.uint8, np.uint16, np.uint64):
        y_true = t.rng.integers(0, 100, size=20)
        y_true[:2] = [3, 250]
        y_pred = 200 - y_true // 2
        ask(t, y_true.astype(dtype), y_pred.astype(dtype))
    ask(t, np.array([0, 255], dtype=np.uint8), np.array([255, 0], dtype=np.uint8))


def test_narrow_signed(t):
    """Signed integers whose differences or squares leave their range."""
    ask(t, np.array([-128, 127, 5], dtype=np.int8), np.array([127, -128, 5], dtype=np.int8))
    big = t.rng.integers(60_000, 90_000, size=9)
    ask(t, big.astype(np.int32), -big.astype(np.int32))


def test_float_types(t):
    """float16 and float32 whose squares leave their range."""
    half = t.rng.choice([-600.0, 700.0, 900.0], size=11).astype(np.float16)
    ask(t, half, -half)
    single = (t.rng.choice([-1.0, 1.0], size=6) * t.rng.uniform(1, 2, size=6) * 1e25).astype(np.float32)
    ask(t, single, -single)
    ask(t, *data(t, 50, np.float32))


def test_mixed_types(t):
    """Two different types."""
    y_true = t.rng.integers(0, 255, size=10)
    ask(t, y_true.astype(np.uint8), y_true + t.rng.normal(size=10))
    ask(t, y_true.astype(np.uint8), (y_true[::-1] // 2 - 60).astype(np.int8))


def test_refuses_shapes(t):
    """Different shapes are refused, broadcastable or not."""
    for one, two in [((4, 1), (4,)), ((4,), (1, 4)), ((3,), (4,)), ((1,), (5,)), ((2, 3), (3, 2)), ((2, 3), (6,))]:
        t.raises(NAME, t.rng.normal(size=one), t.rng.normal(size=two))


def test_refuses_empty(t):
    """Empty arrays are refused."""
    t.raises(NAME, np.zeros(0), np.zeros(0))
    t.raises(NAME, np.zeros((0, 3)), np.zeros((0, 3)))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    y_true, y_pred = data(t, (4, 5))
    for array in t.layouts(y_true).values():
        ask(t, array, y_pred)
