"""Oracle: element by element with Python's math module; at 0 a range for the derivatives."""

import math

import numpy as np

VALUES = {
    "relu": (lambda v: max(v, 0.0), lambda v: float(v > 0)),
    "leaky_relu": (lambda v, slope=0.01: v if v > 0 else slope * v, lambda v, slope=0.01: 1.0 if v > 0 else slope),
    "elu": (
        lambda v, alpha=1.0: v if v > 0 else alpha * math.expm1(v),
        lambda v, alpha=1.0: 1.0 if v > 0 else alpha * math.exp(v),
    ),
}


def ask(t, name, x, derivative=True, **parameter):
    for suffix, f in zip(("", "_derivative"), VALUES[name], strict=True):
        if suffix and not derivative:
            continue
        want = np.array([f(float(v), **parameter) for v in x.ravel()]).reshape(x.shape)
        scale = 1.0 if suffix else 0.0  # the values of ELU are asked for to relative precision
        t.close(t.call(name + suffix, x, **parameter), want, scale=scale, what=f"{name}{suffix}")


def both_signs(t, *shape):
    """Between 0.05 and 3 away from 0, some of either sign."""
    x = t.rng.uniform(0.05, 3, size=shape)
    x.ravel()[::2] *= -1
    return x


def example_relu(t):
    """ReLU of four numbers."""
    ask(t, "relu", np.array([-2.0, -0.5, 0.5, 3.0]))


def example_elu(t):
    """Leaky ReLU and ELU of four numbers."""
    x = np.array([-2.0, -0.5, 0.5, 3.0])
    ask(t, "leaky_relu", x)
    ask(t, "elu", x)


def test_relu(t):
    """ReLU in several shapes."""
    for shape in [(9,), (3, 4), (2, 3, 5)]:
        ask(t, "relu", both_signs(t, *shape))


def test_leaky_relu(t):
    """Leaky ReLU with the default slope."""
    for shape in [(9,), (3, 4), (2, 3, 5)]:
        ask(t, "leaky_relu", both_signs(t, *shape))


def test_slopes(t):
    """Leaky ReLU with slopes of all kinds."""
    for slope in (0.3, 0.0, 1.0, 2.5, -0.4, -3.0):
        ask(t, "leaky_relu", both_signs(t, 4, 5), slope=slope)


def test_elu(t):
    """ELU with the default alpha."""
    for shape in [(9,), (3, 4), (2, 3, 5)]:
        ask(t, "elu", both_signs(t, *shape))


def test_alphas(t):
    """ELU with other values of alpha."""
    for alpha in (0.3, 1.7, 5.0):
        ask(t, "elu", both_signs(t, 4, 5), alpha=alpha)


def test_at_zero(t):
    """Exactly 0: the value is 0 and the derivative lies between those of the two sides."""
    x = np.array([0.0, 1.0, 0.0])
    for name, parameter, side in [
        ("relu", {}, 0.0),
        ("leaky_relu", {}, 0.01),
        ("leaky_relu", {"slope": 2.0}, 2.0),
        ("leaky_relu", {"slope": -0.5}, -0.5),
        ("elu", {}, 1.0),
        ("elu", {"alpha": 0.4}, 0.4),
    ]:
        t.close(t.call(name, x, **parameter), x, what=name)
        got = t.call(f"{name}_derivative", x, **parameter)
        t.close(got[1], 1.0, what=f"{name}_derivative at 1")
        low, high = min(side, 1.0) - 1e-9, max(side, 1.0) + 1e-9
        inside = (np.asarray(got) >= low) & (np.asarray(got) <= high)
        t.check(inside.all(), f"{name}_derivative at 0 is not between the slopes of the two sides", got=got)


def test_small_arguments(t):
    """Small arguments of either sign."""
    for power in (-12, -9, -6):
        x = both_signs(t, 8) * 10.0**power
        for name in VALUES:
            ask(t, name, x)


def test_large_arguments(t):
    """Arguments of hundreds and thousands."""
    x = np.concatenate([t.rng.uniform(800, 1e5, size=6), -t.rng.uniform(40, 300, size=6)])
    for name in VALUES:
        ask(t, name, t.rng.permutation(x))


def test_float32(t):
    """float32 in, right to float32 precision."""
    x = both_signs(t, 5, 6).astype(np.float32)
    for name in VALUES:
        ask(t, name, x)
        ask(t, name, np.array([-1e-6, 200.0, -3e-7, 1e3], dtype=np.float32))


def test_one_sided_inputs(t):
    """All positive, all negative."""
    for name in VALUES:
        ask(t, name, np.abs(both_signs(t, 5)))
        ask(t, name, -np.abs(both_signs(t, 5)))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(both_signs(t, 3, 6)).values():
        for name in VALUES:
            ask(t, name, array)
