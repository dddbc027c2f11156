"""Oracle: element by element with Python's decimal numbers of 60 digits; tolerances are relative."""

from decimal import Decimal, localcontext

import numpy as np


def each(f, x, beta):
    with localcontext() as context:
        context.prec, context.Emin, context.Emax = 60, -999999, 999999
        b = Decimal(beta)
        return np.array([float(f(Decimal(float(v)), b)) for v in x.ravel()]).reshape(x.shape)


def value(v, b):
    u = b * v
    if u < -60:
        return u.exp() * (1 - u.exp() / 2) / b
    return (u if u > 300 else (1 + u.exp()).ln()) / b


def slope(v, b):
    return 1 / (1 + (-b * v).exp())


def inverse(y, b):
    u = b * y
    return (u + (1 - (-u).exp()).ln()) / b if u > Decimal("1e-20") else u.ln() / b


def ask(t, x, **parameter):
    beta = parameter.get("beta", 1.0)
    t.close(t.call("softplus", x, **parameter), each(value, x, beta), scale=0.0, what="softplus")
    t.close(t.call("softplus_derivative", x, **parameter), each(slope, x, beta), scale=0.0, what="softplus_derivative")


def ask_inverse(t, y, **parameter):
    want = each(inverse, y, parameter.get("beta", 1.0))
    t.close(t.call("inverse_softplus", y, **parameter), want, scale=1.0, what="inverse_softplus")


def example_few_values(t):
    """0, small and large values."""
    ask(t, np.array([0.0, 1.0, -1.0, 30.0, -40.0]))
    ask_inverse(t, np.array([0.1, 0.5, 2.0, 30.0]))


def test_moderate_values(t):
    """Values within ±8 in several shapes."""
    for shape in [(7,), (3, 5), (2, 3, 4)]:
        ask(t, t.rng.uniform(-8, 8, size=shape))


def test_left_tail(t):
    """The tail on the left keeps its relative precision."""
    ask(t, -np.append(t.rng.uniform(17, 490, size=20), t.rng.uniform(550, 700, size=3)))


def test_right_tail(t):
    """Values of 10 to 30, where softplus is nearly the identity."""
    ask(t, t.rng.uniform(10, 30, size=20))
    ask(t, np.array([20.0 + t.rng.random() / 10, 10 + t.rng.random() / 10]))


def test_large_arguments(t):
    """Arguments of thousands."""
    ask(t, t.rng.uniform(800, 1e4, size=6))
    x = -t.rng.uniform(800, 1e4, size=6)
    t.close(t.call("softplus", x), np.zeros(6), scale=1e-300, what="softplus")
    t.close(t.call("softplus_derivative", x), np.zeros(6), scale=1e-300, what="softplus_derivative")


def test_beta(t):
    """Other values of beta."""
    for beta in (0.2, 3.0, 50.0):
        ask(t, t.rng.uniform(-6, 6, size=(3, 4)), beta=beta)
        ask_inverse(t, t.rng.uniform(0.05, 4, size=(3, 4)), beta=beta)


def test_inverse(t):
    """The inverse in several shapes."""
    for shape in [(7,), (3, 5), (2, 3, 4)]:
        ask_inverse(t, t.rng.uniform(0.05, 8, size=shape))


def test_inverse_of_small_values(t):
    """The inverse of values down to 1e-15."""
    ask_inverse(t, 10.0 ** -t.rng.uniform(6, 15, size=10))


def test_inverse_of_large_values(t):
    """The inverse of values up to 10,000."""
    ask_inverse(t, np.array([15.0, 17.5, 20.05]) + t.rng.random(3) / 4)
    ask_inverse(t, np.concatenate([t.rng.uniform(20, 100, size=5), t.rng.uniform(750, 1e4, size=5)]))


def test_there_and_back(t):
    """The inverse of softplus is the number itself."""
    x = t.rng.uniform(-25, 40, size=12)
    y = np.asarray(t.call("softplus", x, beta=1.5))
    t.close(t.call("inverse_softplus", y, beta=1.5), x, rtol=1e-9)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, t.rng.uniform(-80, 80, size=(4, 6)).astype(np.float32))
    ask(t, np.array([95.0, 300.0, -30.5, 17.25], dtype=np.float32))
    ask_inverse(t, np.array([1e-6, 0.01, 3.0, 95.0, 300.0], dtype=np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.uniform(-8, 8, size=(3, 6))).values():
        ask(t, array)
        ask_inverse(t, array + 9)
