"""Oracle: unit by unit and step by step in float64, with the math module."""

import itertools
import math

import numpy as np

GATES = ("input", "forget", "output", "candidate")


def sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def cell(x, h, c, w, u, b):
    x, h, c = (np.asarray(a, dtype=np.float64) for a in (x, h, c))
    sums = {
        g: sum(x[:, [j]] * np.float64(w[g][j]) for j in range(x.shape[1]))
        + sum(h[:, [j]] * np.float64(u[g][j]) for j in range(h.shape[1]))
        + np.float64(b[g])
        for g in GATES
    }
    h_new, c_new = np.zeros(h.shape), np.zeros(h.shape)
    for at in np.ndindex(*h.shape):
        i, f, o = (sigmoid(sums[g][at]) for g in GATES[:3])
        c_new[at] = f * c[at] + i * math.tanh(sums["candidate"][at])
        h_new[at] = o * math.tanh(c_new[at])
    return h_new, c_new


def forward(x, h_0, c_0, w, u, b):
    h, c, out = h_0, c_0, np.zeros((*x.shape[:2], h_0.shape[1]))
    for step in range(x.shape[1]):
        h, c = cell(x[:, step], h, c, w, u, b)
        out[:, step] = h
    return out


def make(t, n=3, steps=None, d=2, m=4):
    r = t.rng.normal
    x = r(size=(n, d) if steps is None else (n, steps, d))
    w = {g: r(size=(d, m)) for g in GATES}
    u = {g: r(size=(m, m)) / m**0.5 for g in GATES}
    return x, r(size=(n, m)), r(size=(n, m)) * 1.5, w, u, {g: r(size=m) for g in GATES}


def ask_cell(t, *args):
    t.close(t.call("lstm_cell", *args), cell(*args), scale=1.0, what="(h_new, c_new)")


def ask(t, *args):
    t.close(t.call("lstm_forward", *args), forward(*args), what="hidden states")


def example_one_unit(t):
    """One step of one sequence with one unit."""
    one = np.ones((1, 1))
    w = {"input": one, "forget": 2 * one, "output": -one, "candidate": 0.5 * one}
    u = dict.fromkeys(GATES, 0.1 * one)
    ask_cell(t, 0.5 * one, 0.2 * one, one, w, u, dict.fromkeys(GATES, np.zeros(1)))


def example_sequence(t):
    """Three steps of two sequences."""
    ask(t, *make(t, n=2, steps=3))


def test_cell(t):
    """Single steps of several sizes."""
    for n, d, m in [(3, 2, 4), (1, 5, 3), (4, 1, 2), (2, 6, 3), (3, 3, 3)]:
        ask_cell(t, *make(t, n, None, d, m))


def test_gates_fully_open_or_closed(t):
    """Biases that open or close one gate after the other."""
    for gate in GATES:
        for value in (-60.0, 60.0):
            *rest, b = make(t)
            ask_cell(t, *rest, {**b, gate: b[gate] * 0 + value})


def test_sequences(t):
    """Sequences of several lengths and sizes."""
    for n, steps, d, m in [(3, 5, 2, 4), (1, 7, 3, 2), (2, 4, 6, 3), (4, 4, 4, 4)]:
        ask(t, *make(t, n, steps, d, m))


def test_one_time_step(t):
    """A sequence of a single step still has the axis of time."""
    ask(t, *make(t, steps=1))


def test_first_states(t):
    """Both states before the first step matter."""
    x, h_0, c_0, *rest = make(t, steps=3)
    ask(t, x, h_0 + 1, c_0, *rest)
    ask(t, x, 0 * h_0, c_0 + 2, *rest)
    ask(t, x, h_0, 0 * c_0, *rest)


def test_long_memory(t):
    """With open forget and closed input gates the cell keeps its content."""
    x, h_0, c_0, w, u, b = make(t, n=2, steps=12)
    b = {**b, "forget": np.full(4, 12.0), "input": np.full(4, -12.0)}
    ask(t, x / 3, h_0, c_0, w, u, b)


def test_order_of_the_dictionaries(t):
    """Gates are found by their names, in whatever order the dictionaries hold them."""
    x, h, c, *parameters = make(t, steps=3)
    for shift in (1, 2, 3):
        orders = [GATES[k:] + GATES[:k] for k in (shift, 0, shift)]
        by_name = [{g: p[g] for g in order} for p, order in zip(parameters, orders, strict=True)]
        ask_cell(t, x[:, 0], h, c, *by_name)
        ask(t, x, h, c, *by_name)


def test_large_sums(t):
    """Sums far beyond the range of exp, of both signs."""
    x, h, c, w, u, b = make(t)
    ask_cell(t, 1e4 * (1 + np.abs(x)) * np.sign(x), h, c, w, u, b)
    for gate in GATES:
        for value in (-1e4, 1e4):
            ask_cell(t, x, h, c, w, u, {**b, gate: np.full(4, value)})
    x, *rest = make(t, steps=3)
    x[:, 0] *= 1e3
    ask(t, x, *rest)


def test_float32(t):
    """float32 in, right to float32 precision."""

    def small(a):
        return {g: v.astype(np.float32) for g, v in a.items()} if isinstance(a, dict) else a.astype(np.float32)

    ask_cell(t, *(small(a) for a in make(t)))
    ask(t, *(small(a) for a in make(t, steps=4)))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, h, c, *rest = make(t, steps=4)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in (x, h, c)), *rest)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    gradients(t, *make(t, steps=4))


def test_gradients_at_large_sums(t):
    """Gates far beyond the range of exp have the gradient 0."""
    for value in (-1e4, 1e4):
        *rest, b = make(t, steps=4)
        gradients(t, *rest, {g: np.where([True, False] * 2, value, b[g]) for g in GATES})


def gradients(t, *args):
    ask(t, *args)
    if t.framework.value == "torch":
        cotangent = t.rng.normal(size=(3, 4, 4))
        got = t.gradients("lstm_forward", *args, wrt=(0, 1, 2), cotangent=cotangent)
        want = tuple(
            t.numeric_gradient(lambda a, k=k: float((cotangent * forward(*args[:k], a, *args[k + 1 :])).sum()), args[k])
            for k in range(3)
        )
        t.close(got, want, rtol=1e-6, what="gradients")
        for k, gate in itertools.product((3, 4, 5), GATES):

            def loss(a, k=k, gate=gate):
                return float((cotangent * forward(*args[:k], {**args[k], gate: a}, *args[k + 1 :])).sum())

            got = t.gradients("lstm_forward", *args, wrt=((k, gate),), cotangent=cotangent)
            t.close(got, (t.numeric_gradient(loss, args[k][gate]),), rtol=1e-6, scale=1.0, what=f"gradient ({gate})")
