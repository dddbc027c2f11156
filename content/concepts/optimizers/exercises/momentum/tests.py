"""Oracle: the velocity as an explicit weighted sum over all gradients so far, in float64."""

import numpy as np

SHAPES = [(3,), (2, 4), (1,), (2, 3, 2)]


class Expected:
    """The velocity as an explicit sum over the history."""

    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.history = []

    def step(self, params, grads):
        pairs = [(np.asarray(g, dtype=np.float64), p.astype(np.float64)) for g, p in zip(grads, params, strict=True)]
        self.history.append([g + self.weight_decay * p for g, p in pairs])
        n = len(self.history)
        velocities = [
            sum(self.momentum ** (n - 1 - k) * past[i] for k, past in enumerate(self.history))
            for i in range(len(params))
        ]
        return [p - self.lr * v for (_, p), v in zip(pairs, velocities, strict=True)]


def draw(t, scale=1.0, dtype=np.float64):
    """One array for each shape; no value near zero."""
    drawn = [t.rng.uniform(0.3, 2, size=s) * t.rng.choice([-1.0, 1.0], size=s) * scale for s in SHAPES]
    return [v.astype(dtype) for v in drawn]


def both(t, **options):
    """The submission's optimiser and the oracle."""
    return t.new("Momentum", **options), Expected(**options)


def step(t, optimizer, want, params, grads):
    """One step, judged; the new parameters."""
    before = [p.copy() for p in params]
    got = optimizer.call("step", params, grads)
    t.close(got, want.step(before, grads), what="params")
    return [np.asarray(g, dtype=p.dtype) for g, p in zip(got, before, strict=True)]


def run(t, count, scale=1.0, dtype=np.float64, **options):
    """`count` steps from random parameters along random gradients."""
    optimizer, want = both(t, **options)
    params = draw(t, dtype=dtype)
    for _ in range(count):
        params = step(t, optimizer, want, params, draw(t, scale, dtype))


def example_one_step(t):
    """One step of two parameters with the default options."""
    optimizer, want = both(t)
    step(t, optimizer, want, [np.array([1.0, -2.0]), np.array([[0.5]])], [np.array([0.1, -4.0]), np.array([[2.0]])])


def example_three_steps(t):
    """Three steps with other options."""
    run(t, 3, lr=0.2, momentum=0.6, weight_decay=0.3)


def test_default_options(t):
    """Six steps with the default options."""
    run(t, 6)


def test_other_options(t):
    """Eight steps with options far from the defaults."""
    run(t, 8, lr=0.2, momentum=0.6, weight_decay=0.3)
    run(t, 2, lr=0.5, momentum=0.3)


def test_many_steps(t):
    """Forty steps."""
    run(t, 40, lr=0.05)


def test_from_zero(t):
    """Parameters that are all zero: what is returned is the update alone."""
    optimizer, want = both(t)
    for _ in range(4):
        step(t, optimizer, want, [np.zeros(s) for s in SHAPES], draw(t))


def test_small_and_large_gradients(t):
    """Gradients from 1e-9 to 1e4."""
    for scale in (1e-9, 1e-3, 1e4):
        optimizer, want = both(t)
        for _ in range(3):
            step(t, optimizer, want, [np.zeros(s) for s in SHAPES], draw(t, scale))


def test_zero_gradients(t):
    """Gradients that are zero from the first step on, or later."""
    optimizer, want = both(t, lr=0.5, momentum=0.3)
    zero = [np.zeros(s) for s in SHAPES]
    params = draw(t)
    for grads in (zero, zero, draw(t), zero, zero):
        params = step(t, optimizer, want, params, grads)


def test_parameters_set_anew(t):
    """Parameters that somebody else has changed between two steps."""
    optimizer, want = both(t, lr=0.2, momentum=0.6, weight_decay=0.3)
    for _ in range(5):
        step(t, optimizer, want, draw(t), draw(t))


def test_two_optimizers(t):
    """Two optimizers used in turn do not share their state."""
    one, want_one = both(t, lr=0.1)
    two, want_two = both(t, lr=0.2, momentum=0.6, weight_decay=0.3)
    a, b = draw(t), draw(t)
    for _ in range(3):
        a = step(t, one, want_one, a, draw(t))
        b = step(t, two, want_two, b, draw(t))
        b = step(t, two, want_two, b, draw(t))


def test_one_array(t):
    """A single parameter, then a list of equal shapes."""
    optimizer, want = both(t, lr=0.2, momentum=0.6, weight_decay=0.3)
    for _ in range(3):
        step(t, optimizer, want, [t.rng.normal(size=(2, 2))], [1 + t.rng.random(size=(2, 2))])
    optimizer, want = both(t, lr=0.2, momentum=0.6, weight_decay=0.3)
    for _ in range(3):
        params, grads = t.rng.normal(size=(3, 4)), 1 + t.rng.random(size=(3, 4))
        step(t, optimizer, want, list(params), list(grads))


def test_float32(t):
    """float32 in, right to float32 precision."""
    run(t, 5, dtype=np.float32, lr=0.2, momentum=0.6, weight_decay=0.3)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    grads = t.layouts(t.rng.normal(size=(3, 4)))
    optimizer, want = both(t, lr=0.2, momentum=0.6, weight_decay=0.3)
    for array in grads.values():
        step(t, optimizer, want, list(t.layouts(t.rng.normal(size=(3, 4))).values()), [array] * 3)


def test_no_momentum(t):
    """A momentum of zero."""
    run(t, 3, lr=0.3, momentum=0.0)


def test_one_array_for_all_gradients(t):
    """A training loop that writes the gradients of each step into the same array."""
    torch = t.framework.value == "torch"
    live = t.live_array((2, 3))
    optimizer, want = both(t)
    param = t.rng.normal(size=(2, 3)).astype(np.float32 if torch else np.float64)
    for value in t.rng.uniform(0.5, 2, size=3):
        live.call("fill_" if torch else "fill", float(value))
        got = optimizer.call("step", [param.copy()], [live])
        t.close(got, want.step([param], [np.full((2, 3), value)]), rtol=1e-5, scale=1.0, what="params")
