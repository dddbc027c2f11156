"""Oracle: both forms in float64, each with its own state and its own evaluation of the gradient."""

import numpy as np

SHAPES = [(3,), (2, 4), (1,), (2, 3, 2)]


class Expected:
    """The velocity of each form, as a weighted sum over its history of gradients."""

    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.mu = lr, momentum
        self.histories = {"look-ahead": [], "rewritten": []}

    def velocity(self, history, p, i):
        n = len(history)
        return sum((self.mu ** (n - 1 - k) * g[i] for k, g in enumerate(history)), np.zeros(p.shape))

    def step(self, params, gradient):
        params = [p.astype(np.float64) for p in params]
        ahead, here = self.histories["look-ahead"], self.histories["rewritten"]
        ahead.append(gradient([p - self.lr * self.mu * self.velocity(ahead, p, i) for i, p in enumerate(params)]))
        g = gradient(params)
        here.append(g)
        return {
            "look-ahead": [p - self.lr * self.velocity(ahead, p, i) for i, p in enumerate(params)],
            "rewritten": [p - self.lr * (g[i] + self.mu * self.velocity(here, p, i)) for i, p in enumerate(params)],
        }


class Slope:
    """The gradient of a bumpy function with a minimum for each element."""

    def __init__(self, t, shapes=SHAPES):
        self.centres = [t.rng.normal(size=s) for s in shapes]
        self.curves = [t.rng.uniform(0.5, 3, size=s) for s in shapes]

    def at(self, point):
        point = [np.asarray(p, dtype=np.float64) for p in point]
        return [c * (p - m) + np.cos(p) for p, m, c in zip(point, self.centres, self.curves, strict=True)]


def step(t, optimizer, want, params, slope):
    """One step, judged; the new parameters."""
    before = [p.copy() for p in params]
    calls = []

    def gradient(point):
        calls.append(1)
        t.check(len(point) == len(before), f"`gradient` was called with {len(point)} arrays, not {len(before)}")
        for p, b in zip(point, before, strict=True):
            t.check(np.shape(p) == b.shape, f"`gradient` was called with shape {np.shape(p)}; wanted {b.shape}")
        return [g.astype(b.dtype) for g, b in zip(slope.at(point), before, strict=True)]

    got = optimizer.call("step", params, gradient)
    t.check(len(calls) == 1, f"`gradient` was called {len(calls)} times in one step; once is asked")
    t.either(got, "form", want.step(before, slope.at), what="params")
    return [np.asarray(g, dtype=b.dtype) for g, b in zip(got, before, strict=True)]


def draw(t, dtype=np.float64):
    return [t.rng.normal(size=s).astype(dtype) for s in SHAPES]


def run(t, count, dtype=np.float64, **options):
    optimizer, want, slope = t.new("Nesterov", **options), Expected(**options), Slope(t)
    params = draw(t, dtype)
    for _ in range(count):
        params = step(t, optimizer, want, params, slope)


def example_two_steps(t):
    """Two steps down a bumpy bowl with the default options."""
    optimizer, want, slope = t.new("Nesterov"), Expected(), Slope(t, [(2,)])
    params = [np.array([4.0, -2.0])]
    for _ in range(2):
        params = step(t, optimizer, want, params, slope)


def test_default_options(t):
    """Six steps with the default options."""
    run(t, 6)


def test_other_options(t):
    """Eight steps with options far from the defaults."""
    run(t, 8, lr=0.2, momentum=0.6)
    run(t, 4, lr=0.05, momentum=0.99)


def test_many_steps(t):
    """Forty steps."""
    run(t, 40, lr=0.05)


def test_no_momentum(t):
    """A momentum of zero."""
    run(t, 3, lr=0.1, momentum=0.0)


def test_parameters_set_anew(t):
    """Parameters that somebody else has changed between two steps."""
    optimizer, want, slope = t.new("Nesterov", lr=0.1), Expected(lr=0.1), Slope(t)
    for _ in range(5):
        step(t, optimizer, want, draw(t), slope)


def test_two_optimizers(t):
    """Two optimizers used in turn do not share their state."""
    one, want_one = t.new("Nesterov", lr=0.1), Expected(lr=0.1)
    two, want_two = t.new("Nesterov", lr=0.2, momentum=0.5), Expected(lr=0.2, momentum=0.5)
    a, b, slope = draw(t), draw(t), Slope(t)
    for _ in range(3):
        a = step(t, one, want_one, a, slope)
        b = step(t, two, want_two, b, slope)
        b = step(t, two, want_two, b, slope)


def test_equal_shapes(t):
    """Several parameters of one shape."""
    optimizer, want, slope = t.new("Nesterov", lr=0.1), Expected(lr=0.1), Slope(t, [(4,)] * 3)
    params = list(t.rng.normal(size=(3, 4)))
    for _ in range(4):
        params = step(t, optimizer, want, params, slope)


def test_float32(t):
    """float32 in, right to float32 precision."""
    run(t, 5, np.float32, lr=0.1, momentum=0.7)
