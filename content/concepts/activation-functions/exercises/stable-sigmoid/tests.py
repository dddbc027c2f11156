"""Oracle: element by element with Python's math module, in the form that suits the sign; tolerances are relative."""

import math

import numpy as np


def s(v):
    return 1 / (1 + math.exp(-v)) if v > -30 else math.exp(v) / (1 + math.exp(v))


def slope(v):
    return math.exp(-abs(v)) / (1 + math.exp(-abs(v))) ** 2


def ask(t, x):
    for name, f in (("sigmoid", s), ("sigmoid_derivative", slope)):
        want = np.array([f(float(v)) for v in x.ravel()]).reshape(x.shape)
        t.close(t.call(name, x), want, scale=0.0, what=f"{name}(x)")


def example_few_values(t):
    """0, small and large values."""
    ask(t, np.array([0.0, 1.0, -1.0, 5.0, -40.0, 40.0]))


def test_moderate_values(t):
    """Values within ±8 in several shapes."""
    for shape in [(7,), (3, 5), (2, 3, 4), (1, 1)]:
        ask(t, t.rng.uniform(-8, 8, size=shape))


def test_zero(t):
    """Exactly 0, of either sign."""
    ask(t, np.array([0.0, -0.0]))


def test_tiny_arguments(t):
    """Arguments close to 0."""
    ask(t, t.rng.normal(size=10) * 1e-6)


def test_left_tail(t):
    """The tail on the left keeps its relative precision."""
    ask(t, -t.rng.uniform(20, 700, size=30))


def test_right_tail(t):
    """The tail on the right keeps the relative precision of the derivative."""
    ask(t, t.rng.uniform(20, 700, size=30))


def test_far_left(t):
    """The smallest positive numbers of float64, on the left."""
    ask(t, -t.rng.uniform(712, 718, size=6))


def test_far_right(t):
    """The smallest positive numbers of float64, on the right."""
    ask(t, t.rng.uniform(712, 718, size=6))


def test_huge(t):
    """Thousands and millions: exactly 0 and 1."""
    x = t.rng.uniform(2e3, 1e6, size=5) * np.array([1, -1, 1, -1, 1])
    t.close(t.call("sigmoid", x), (x > 0).astype(float), scale=1e-300, what="sigmoid(x)")
    t.close(t.call("sigmoid_derivative", x), np.zeros(5), scale=1e-300, what="sigmoid_derivative(x)")


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, t.rng.uniform(-85, 85, size=(4, 10)).astype(np.float32))
    ask(t, np.array([-89.5, 89.5, -90.25, 0.0], dtype=np.float32))


def test_empty(t):
    """An empty array."""
    for name in ("sigmoid", "sigmoid_derivative"):
        t.close(t.call(name, np.zeros((0, 3))), np.zeros((0, 3)), what=name)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.uniform(-30, 30, size=(4, 6))).values():
        ask(t, array)
