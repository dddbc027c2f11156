"""Oracle: element by element, for both rules that turn a uniform number into a decision."""

import numpy as np


def expected(x, u, p, training=True):
    """Rule to y."""
    x, u = np.asarray(x, dtype=np.float64), np.asarray(u, dtype=np.float64)
    rules = {"drop-below": lambda v: not v < p, "keep-below": lambda v: v < 1 - p}
    out = {}
    for rule, keeps in rules.items():
        y = x.copy()
        for at in np.ndindex(x.shape) if training else ():
            y[at] = x[at] / (1 - p) if keeps(float(u[at])) else 0.0
        out[rule] = y
    return out


def forward(t, x, u, p, **options):
    """y and cache, y judged."""
    got = t.call("dropout_forward", x, u, p, **options)
    t.check(isinstance(got, tuple | list) and len(got) == 2, "dropout_forward must return a pair (y, cache)", got=got)
    t.either(got[0], "rule", expected(x, u, p, **options), what="y")
    return got


def ask(t, x, u, p, **options):
    """Forward and backward, the backward pass as the same linear map."""
    _, cache = forward(t, x, u, p, **options)
    grad_y = (t.rng.uniform(0.5, 2, size=x.shape) * t.rng.choice([-1.0, 1.0], size=x.shape)).astype(x.dtype)
    got = t.call("dropout_backward", grad_y, cache)
    t.either(
        got, "rule", expected(grad_y, u, p, **options), what="grad_x", rtol=1e-5 if x.dtype == np.float32 else None
    )


def data(t, shape, p, dtype=np.float64):
    """Activations without zeros, and uniform numbers on all sides of p and 1 - p."""
    x = t.rng.uniform(0.5, 2, size=shape) * t.rng.choice([-1.0, 1.0], size=shape)
    size = int(np.prod(shape))
    low, high = min(p, 1 - p), max(p, 1 - p)
    bounds = np.resize([(0, low), (high, 1), (low, high)], (size, 2))
    width = bounds[:, 1] - bounds[:, 0]
    u = bounds[:, 0] + width * t.rng.uniform(0.05, 0.95, size=size)
    return x.astype(dtype), u[t.rng.permutation(size)].reshape(shape).astype(dtype)


def example_six_activations(t):
    """Six activations with p = 0.25, forward and backward."""
    ask(t, np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[0.1, 0.5, 0.9], [0.2, 0.3, 0.8]]), 0.25)


def test_training(t):
    """Training mode for several shapes and probabilities."""
    for shape, p in [((4, 5), 0.3), ((12,), 0.8), ((2, 3, 4), 0.1), ((1, 9), 0.6), ((2, 3, 2, 2), 0.9)]:
        ask(t, *data(t, shape, p), p)


def test_one_half(t):
    """p = 0.5."""
    ask(t, *data(t, (5, 6), 0.5), 0.5)


def test_evaluation(t):
    """Evaluation mode passes activations and gradients on."""
    for p in (0.0, 0.3, 0.9):
        ask(t, *data(t, (4, 5), 0.3), p, training=False)


def test_nothing_dropped(t):
    """p = 0 drops nothing."""
    x, u = data(t, (3, 4), 0.3)
    u[1, 2] = 0.0
    ask(t, x, u, 0.0)


def test_expectation(t):
    """The mean over many draws is the input."""
    p, n = 0.3, 20_000
    x, u = np.full((n,), 3.0), t.rng.permutation((np.arange(n) + 0.5) / n)
    y, _ = forward(t, x, u, p)
    t.close(float(np.mean(np.asarray(y))), 3.0, rtol=1e-3, what="the mean of y")
    t.close(float(np.mean(np.asarray(y) == 0)), p, rtol=1e-3, what="the share that is dropped")


def test_two_calls_before_backward(t):
    """Each cache belongs to its own forward pass."""
    first, second = data(t, (3, 5), 0.4), data(t, (3, 5), 0.4)
    _, one = forward(t, *first, 0.4)
    _, two = forward(t, *second, 0.4)
    _, three = forward(t, *second, 0.4, training=False)
    grad_y = t.rng.uniform(0.5, 2, size=(3, 5))
    t.either(t.call("dropout_backward", grad_y, one), "rule", expected(grad_y, first[1], 0.4), what="grad_x")
    t.either(t.call("dropout_backward", grad_y, two), "rule", expected(grad_y, second[1], 0.4), what="grad_x")
    t.close(t.call("dropout_backward", grad_y, three), grad_y, what="grad_x in evaluation mode")


def test_zeros_among_activations(t):
    """Activations that are zero are not dropped by that: their gradient passes if they are kept."""
    x, u = data(t, (4, 6), 0.4)
    x[::2] = 0.0
    ask(t, x, u, 0.4)


def test_refuses(t):
    """Probabilities outside [0, 1) are refused."""
    x, u = data(t, (2, 3), 0.4)
    for p in (-0.1, 1.0, 1.5):
        t.raises("dropout_forward", x, u, p)
        t.raises("dropout_forward", x, u, p, training=False)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *data(t, (6, 7), 0.35, np.float32), 0.35)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, u = data(t, (4, 6), 0.4)
    for name, array in t.layouts(x).items():
        ask(t, array, t.layouts(u)[name], 0.4)
