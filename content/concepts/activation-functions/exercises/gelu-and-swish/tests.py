"""Oracle: element by element with Python's math module; derivatives by finite differences too."""

import math

import numpy as np


def sigmoid(v):
    return 1 / (1 + math.exp(-v)) if v >= 0 else math.exp(v) / (1 + math.exp(v))


def gelu(v):
    return v * 0.5 * math.erfc(-v / math.sqrt(2))


def gelu_derivative(v):
    return 0.5 * math.erfc(-v / math.sqrt(2)) + v * math.exp(-v * v / 2) / math.sqrt(2 * math.pi)


def gelu_tanh(v):
    return v * sigmoid(2 * math.sqrt(2 / math.pi) * (v + 0.044715 * v**3))  # (1 + tanh(u)) / 2 is sigmoid(2u)


def swish(v, beta=1.0):
    return v * sigmoid(beta * v)


def swish_derivative(v, beta=1.0):
    return sigmoid(beta * v) + beta * v * sigmoid(beta * v) * sigmoid(-beta * v)


def ask(t, f, x, **parameter):
    want = np.array([f(float(v), **parameter) for v in x.ravel()]).reshape(x.shape)
    t.close(t.call(f.__name__, x, **parameter), want, scale=1.0, what=f.__name__)


def draw(t, *shape):
    return t.rng.uniform(-4, 4, size=shape)


def example_one(t):
    """All five functions at four numbers."""
    for f in (gelu, gelu_derivative, gelu_tanh, swish, swish_derivative):
        ask(t, f, np.array([1.0, -1.0, 0.5, -3.0]))


def test_gelu(t):
    """The exact GELU in several shapes."""
    for shape in [(20,), (3, 4), (2, 3, 5)]:
        ask(t, gelu, draw(t, *shape))


def test_gelu_derivative(t):
    """The derivative of GELU, against the formula and finite differences."""
    for shape in [(20,), (3, 4)]:
        ask(t, gelu_derivative, draw(t, *shape))
    x = draw(t, 12)
    want = t.numeric_gradient(lambda a: sum(map(gelu, a.tolist())), x)
    t.close(t.call("gelu_derivative", x), want, rtol=1e-7, scale=1.0)


def test_gelu_tanh(t):
    """The approximation in several shapes."""
    for shape in [(20,), (3, 4), (2, 3, 5)]:
        ask(t, gelu_tanh, draw(t, *shape))


def test_swish(t):
    """Swish with the default beta."""
    for shape in [(20,), (3, 4), (2, 3, 5)]:
        ask(t, swish, draw(t, *shape))


def test_swish_derivative(t):
    """The derivative of Swish with the default beta."""
    for shape in [(20,), (3, 4), (2, 3, 5)]:
        ask(t, swish_derivative, draw(t, *shape))


def test_betas(t):
    """Swish and its derivative with other values of beta."""
    for beta in (0.0, 0.3, 2.5, -1.2, 10.0):
        x = draw(t, 3, 5)
        ask(t, swish, x, beta=beta)
        ask(t, swish_derivative, x, beta=beta)
        want = t.numeric_gradient(lambda a, beta=beta: sum(swish(v, beta) for v in a.ravel().tolist()), x)
        t.close(t.call("swish_derivative", x, beta=beta), want, rtol=1e-7, scale=1.0)


def test_zero(t):
    """At 0 the values are 0 and the derivatives one half."""
    x = np.zeros(3)
    for name, want in [
        ("gelu", 0),
        ("gelu_tanh", 0),
        ("swish", 0),
        ("gelu_derivative", 0.5),
        ("swish_derivative", 0.5),
    ]:
        t.close(t.call(name, x), np.full(3, float(want)), scale=1.0, what=name)


def test_large_arguments(t):
    """Arguments of hundreds and thousands."""
    x = np.concatenate([t.rng.uniform(80, 900, size=4), t.rng.uniform(1e3, 1e4, size=3)])
    for v in (x, -x):
        for f in (gelu, gelu_derivative, gelu_tanh, swish, swish_derivative):
            ask(t, f, v)
        ask(t, swish, v, beta=-0.7)
        ask(t, swish_derivative, v, beta=-0.7)


def test_float32(t):
    """float32 in, right to float32 precision."""
    for f in (gelu, gelu_derivative, gelu_tanh, swish, swish_derivative):
        ask(t, f, draw(t, 4, 6).astype(np.float32))
        ask(t, f, np.array([-200.0, -90.5, 90.5, 300.0], dtype=np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(draw(t, 3, 6)).values():
        for f in (gelu, gelu_derivative, gelu_tanh, swish, swish_derivative):
            ask(t, f, array)


def test_autograd(t):
    """In PyTorch the functions can be differentiated."""
    if t.framework.value == "torch":
        for x in (draw(t, 3, 4), np.array([-1.0, 1.0]) * t.rng.uniform(800, 4000, size=(3, 2))):
            for name, slope in (("gelu", gelu_derivative), ("swish", swish_derivative)):
                want = np.array([slope(v) for v in x.ravel()]).reshape(x.shape)
                t.close(t.gradients(name, x), [want], scale=1.0, what=f"gradient through {name}")
    else:
        ask(t, gelu, draw(t, 1, 1))
