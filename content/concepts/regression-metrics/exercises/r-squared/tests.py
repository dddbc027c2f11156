"""Oracle: exact fractions of the numbers as they are."""

from fractions import Fraction

import numpy as np

NAME = "r_squared"


def expected(y_true, y_pred):
    a = [Fraction(v) for v in np.asarray(y_true).tolist()]
    b = [Fraction(v) for v in np.asarray(y_pred).tolist()]
    mean = sum(a) / len(a)
    total = sum((v - mean) ** 2 for v in a)
    residual = sum((v - w) ** 2 for v, w in zip(a, b, strict=True))
    if total == 0:
        return float(residual == 0)
    return float(1 - residual / total)


def ask(t, y_true, y_pred, rtol=1e-9):
    t.close(t.call(NAME, y_true, y_pred), expected(y_true, y_pred), rtol=rtol, scale=1.0, what="R squared")


def data(t, n, noise=0.5):
    """Predictions with noise, a bias and a wrong slope."""
    y_true = 2 * t.rng.normal(size=n) + np.linspace(-2, 2, n) + 3
    return y_true, 0.8 * y_true + noise * t.rng.normal(size=n) + 1.0


def example_four(t):
    """Four examples."""
    ask(t, np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.5, 2.0, 2.5, 4.5]))


def test_random(t):
    """Random targets and predictions of several lengths."""
    for n in (2, 5, 30, 200):
        ask(t, *data(t, n))


def test_negative(t):
    """Predictions worse than the mean, slightly and grossly."""
    y_true, _ = data(t, 20)
    for y_pred in (np.full(20, y_true.mean() + 1.0), -y_true, 10 * y_true, y_true + 50.0):
        ask(t, y_true, y_pred)


def test_the_mean_as_prediction(t):
    """Predicting the mean gives zero."""
    y_true = np.array([1.0, 2.0, 4.0, 9.0]) * int(t.rng.integers(1, 9))
    ask(t, y_true, np.full(4, y_true.mean()))


def test_perfect(t):
    """Perfect predictions give one."""
    y_true, _ = data(t, 12)
    ask(t, y_true, y_true.copy())


def test_bias_and_scale_count(t):
    """Perfectly correlated predictions that are biased or scaled."""
    y_true, _ = data(t, 15)
    ask(t, y_true, y_true + t.rng.uniform(0.5, 1))
    ask(t, y_true, t.rng.uniform(0.6, 0.9) * y_true)
    ask(t, y_true, 8 - y_true)


def test_constant_predictions(t):
    """Predictions that do not vary."""
    y_true, _ = data(t, 10)
    ask(t, y_true, np.full(10, 2.5))
    ask(t, y_true, np.zeros(10))


def test_constant_target(t):
    """A target that does not vary, with right and with wrong predictions."""
    value = float(t.rng.integers(1, 9))
    target = np.full(6, value)
    ask(t, target, target.copy())
    ask(t, target, target + 1.0)
    ask(t, target, target + np.array([0, 0, 0, 0, 0, 1e-3]))
    ask(t, target, target + np.array([1.0, -1.0, 0, 0, 0, 0]))
    ask(t, target, target + np.array([0, 0, 1e-9, 0, 0, 0]))
    ask(t, np.zeros(3), np.zeros(3))


def test_constant_target_with_a_rounded_mean(t):
    """A target that does not vary and that binary fractions cannot hold."""
    for value, n in [(0.1, 3), (0.1, 6), (0.7, 10), (1.1, 3), (-0.3, 7), (1e6 / 3, 11)]:
        target = np.full(n, value)
        ask(t, target, target.copy())
        ask(t, target, target + t.rng.uniform(0.5, 1))


def test_one_example(t):
    """A single example, right and wrong."""
    ask(t, np.array([2.0]), np.array([2.0]))
    ask(t, np.array([2.0]), np.array([3.5]))


def test_nearly_constant_target(t):
    """A target of tiny variance is not a constant one."""
    y_true, y_pred = data(t, 12)
    ask(t, y_true * 1e-9, y_pred * 1e-9)


def test_large_mean(t):
    """A mean many times larger than the deviation."""
    y_true, y_pred = data(t, 20)
    ask(t, y_true + 1e8, y_pred + 1e8, rtol=1e-6)


def test_types(t):
    """Integers, unsigned ones too, and narrow floats."""
    y_true = t.rng.integers(0, 200, size=15)
    y_true[:2] = [0, 199]
    y_pred = np.clip(y_true + t.rng.integers(-30, 30, size=15), 0, 255)
    for dtype in (np.int64, np.uint8, np.int32, np.float16):
        ask(t, y_true.astype(dtype), y_pred.astype(dtype))
    ask(t, (1000 * y_true).astype(np.int32), (1000 * y_pred).astype(np.int32))
    ask(t, y_true.astype(np.float32), (y_pred + 0.25).astype(np.float32))


def test_refuses(t):
    """Shapes that differ or are not (n,), and empty arrays."""
    for one, two in [((4, 1), (4,)), ((4,), (4, 1)), ((3,), (4,)), ((4,), (1,)), ((4, 2), (4, 2)), ((0,), (0,))]:
        t.raises(NAME, t.rng.normal(size=one), t.rng.normal(size=two))


def test_other_memory_layouts(t):
    """Strided and reversed arrays."""
    y_true, y_pred = data(t, 14)
    for name, array in t.layouts(y_true).items():
        ask(t, array, t.layouts(y_pred)[name])
