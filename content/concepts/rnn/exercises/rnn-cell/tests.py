"""Oracle: unit by unit and step by step in float64."""

import math

import numpy as np


def cell(x, h, w_x, w_h, b):
    x, h, w_x, w_h, b = (np.asarray(a, dtype=np.float64) for a in (x, h, w_x, w_h, b))
    out = np.zeros(h.shape)
    for i, k in np.ndindex(*h.shape):
        total = b[k] + sum(x[i, j] * w_x[j, k] for j in range(x.shape[1]))
        out[i, k] = math.tanh(total + sum(h[i, j] * w_h[j, k] for j in range(h.shape[1])))
    return out


def forward(x, h_0, w_x, w_h, b):
    states = np.zeros((len(x), x.shape[1] + 1, h_0.shape[1]))
    states[:, 0] = h_0
    for step in range(x.shape[1]):
        states[:, step + 1] = cell(x[:, step], states[:, step], w_x, w_h, b)
    return states[:, 1:]


def make(t, n=3, steps=None, d=2, m=4):
    r = t.rng.normal
    x = r(size=(n, d) if steps is None else (n, steps, d))
    return x, r(size=(n, m)), r(size=(d, m)) / d**0.5, r(size=(m, m)) / m**0.5, r(size=m) / 2


def ask_cell(t, *args):
    t.close(t.call("rnn_cell", *args), cell(*args), what="new states")


def ask(t, *args):
    t.close(t.call("rnn_forward", *args), forward(*args), what="states")


def example_one_step(t):
    """One step of one sequence."""
    ask_cell(
        t, np.array([[1.0, -1.0]]), np.array([[0.5]]), np.array([[0.2], [0.4]]), np.array([[2.0]]), np.array([0.1])
    )


def example_sequence(t):
    """Three steps of two sequences."""
    ask(t, *make(t, n=2, steps=3))


def test_cell(t):
    """Single steps of several sizes."""
    for n, d, m in [(3, 2, 4), (1, 5, 3), (4, 1, 1), (2, 6, 2), (3, 3, 3)]:
        ask_cell(t, *make(t, n, None, d, m))


def test_sequences(t):
    """Sequences of several lengths and sizes."""
    for n, steps, d, m in [(3, 5, 2, 4), (1, 7, 3, 2), (2, 4, 6, 3), (5, 2, 1, 1), (4, 4, 4, 4)]:
        ask(t, *make(t, n, steps, d, m))


def test_one_time_step(t):
    """A sequence of a single step still has the axis of time."""
    ask(t, *make(t, steps=1))
    ask(t, *make(t, n=1, steps=1))


def test_first_state(t):
    """The state before the first step matters."""
    x, h_0, *rest = make(t, steps=4)
    ask(t, x, 2 + h_0, *rest)
    ask(t, x, np.zeros_like(h_0), *rest)


def test_memory(t):
    """An impulse in the first step is still felt in the last one."""
    x, h_0, w_x, _, b = make(t, steps=6)
    x[:, 1:] = 0.0
    turn = np.roll(np.eye(4), 1, axis=1) * 1.2
    ask(t, 2 * x, 0 * h_0, w_x, turn, 0 * b)


def test_saturation(t):
    """Sums far beyond the range of exp."""
    x, h, *rest = make(t)
    ask_cell(t, x * 1e4, h, *rest)
    x, h, *rest = make(t, steps=3)
    x[:, 0] *= 1e4
    ask(t, x, h, *rest)


def test_sequences_do_not_mix(t):
    """Each sequence of the batch runs by itself."""
    x, h_0, *rest = make(t, n=3, steps=4)
    ask(t, x, h_0, *rest)
    changed = x.copy()
    changed[1] += 1.0
    ask(t, changed, h_0, *rest)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask_cell(t, *(a.astype(np.float32) for a in make(t)))
    ask(t, *(a.astype(np.float32) for a in make(t, steps=4)))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, h_0, w_x, w_h, b = make(t, steps=4)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in (x, h_0, w_x, w_h)), b)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    args = make(t, steps=4)
    ask(t, *args)
    if t.framework.value == "torch":
        c = t.rng.normal(size=(3, 4, 4))
        got = t.gradients("rnn_forward", *args, wrt=tuple(range(5)), cotangent=c)
        want = tuple(
            t.numeric_gradient(lambda a, k=k: float((c * forward(*args[:k], a, *args[k + 1 :])).sum()), args[k])
            for k in range(5)
        )
        t.close(got, want, rtol=1e-6, what="gradients")
