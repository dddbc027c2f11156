"""Oracle: unit by unit and step by step in float64, with the math module, for both ways to reset."""

import itertools
import math

import numpy as np

GATES = ("reset", "update", "candidate")
CHOICES = ("before", "after")


def sigmoid(a):
    return 1 / (1 + math.exp(-a)) if a >= 0 else math.exp(a) / (1 + math.exp(a))


def cell(x, h, w, u, b, reset):
    x, h = np.asarray(x, dtype=np.float64), np.asarray(h, dtype=np.float64)
    w, u, b = ({g: np.asarray(v, dtype=np.float64) for g, v in p.items()} for p in (w, u, b))
    out = np.zeros(h.shape)
    m = h.shape[1]

    def total(i, k, g, state):
        return (
            sum(x[i, j] * w[g][j, k] for j in range(x.shape[1]))
            + sum(state[j] * u[g][j, k] for j in range(m))
            + b[g][k]
        )

    for i in range(len(x)):
        r = np.array([sigmoid(total(i, k, "reset", h[i])) for k in range(m)])
        for k in range(m):
            z = sigmoid(total(i, k, "update", h[i]))
            seen = r * h[i] if reset == "before" else r[k] * h[i]
            out[i, k] = z * h[i, k] + (1 - z) * math.tanh(total(i, k, "candidate", seen))
    return out


def forward(x, h_0, w, u, b, reset):
    h, out = h_0, np.zeros((*x.shape[:2], h_0.shape[1]))
    for step in range(x.shape[1]):
        h = out[:, step] = cell(x[:, step], h, w, u, b, reset)
    return out


def make(t, n=3, steps=None, d=2, m=4):
    r = t.rng.normal
    x = r(size=(n, d) if steps is None else (n, steps, d))
    w, u = {g: r(size=(d, m)) for g in GATES}, {g: r(size=(m, m)) for g in GATES}
    return x, r(size=(n, m)) * 1.5, w, u, {g: r(size=m) for g in GATES}


def ask_cell(t, *args):
    t.either(t.call("gru_cell", *args), "reset", {c: cell(*args, c) for c in CHOICES}, what="new states")


def ask(t, *args):
    t.either(t.call("gru_forward", *args), "reset", {c: forward(*args, c) for c in CHOICES}, what="states")


def example_one_unit(t):
    """One step of one sequence with one unit."""
    one = np.ones((1, 1))
    w = {"reset": one, "update": 2 * one, "candidate": -one}
    ask_cell(t, 0.5 * one, 0.2 * one, w, dict.fromkeys(GATES, 0.7 * one), dict.fromkeys(GATES, np.full(1, 0.1)))


def example_sequence(t):
    """Three steps of two sequences."""
    ask(t, *make(t, n=2, steps=3))


def test_cell(t):
    """Single steps of several sizes."""
    for n, d, m in [(3, 2, 4), (1, 5, 3), (4, 1, 2), (2, 6, 3), (3, 3, 3)]:
        ask_cell(t, *make(t, n, None, d, m))


def test_update_gate(t):
    """An update gate of 1 keeps the state, one of 0 replaces it."""
    for value in (-60.0, 60.0):
        x, h, w, u, b = make(t)
        ask_cell(t, x, h, w, u, {**b, "update": np.full(4, value)})


def test_reset_gate(t):
    """A reset gate of 0 hides the old state from the candidate, one of 1 shows it."""
    for value in (-60.0, 60.0):
        x, h, w, u, b = make(t)
        ask_cell(t, x, h, w, u, {**b, "reset": np.full(4, value)})


def test_sequences(t):
    """Sequences of several lengths and sizes."""
    for n, steps, d, m in [(3, 5, 2, 4), (1, 7, 3, 2), (2, 4, 6, 3), (4, 4, 4, 4)]:
        ask(t, *make(t, n, steps, d, m))


def test_one_time_step(t):
    """A sequence of a single step still has the axis of time."""
    ask(t, *make(t, steps=1))


def test_first_state(t):
    """The state before the first step matters."""
    x, h_0, *rest = make(t, steps=3)
    ask(t, x, h_0 + 2, *rest)
    ask(t, x, 0 * h_0, *rest)


def test_order_of_the_dictionaries(t):
    """Gates are found by their names, in whatever order the dictionaries hold them."""
    x, h, *parameters = make(t, steps=3)
    for shift in (1, 2):
        orders = [GATES[k:] + GATES[:k] for k in (shift, 0, shift)]
        by_name = [{g: p[g] for g in order} for p, order in zip(parameters, orders, strict=True)]
        ask_cell(t, x[:, 0], h, *by_name)
        ask(t, x, h, *by_name)


def test_large_sums(t):
    """Sums far beyond the range of exp, of both signs."""
    for gate in GATES:
        for value in (-1e4, 1e4):
            x, h, w, u, b = make(t)
            ask_cell(t, x, h, w, u, {**b, gate: np.full(4, value)})
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
    x, h, *rest = make(t, steps=4)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in (x, h)), *rest)


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
        c = t.rng.normal(size=(3, 4, 4))

        def slope(k, reset):
            def loss(a):
                return float((c * forward(*args[:k], a, *args[k + 1 :], reset)).sum())

            return t.numeric_gradient(loss, args[k])

        got = t.gradients("gru_forward", *args, wrt=(0, 1), cotangent=c)
        t.either(got, "reset", {r: tuple(slope(k, r) for k in (0, 1)) for r in CHOICES}, rtol=1e-6, what="gradients")

        def by_gate(k, gate, reset):
            def loss(a):
                return float((c * forward(*args[:k], {**args[k], gate: a}, *args[k + 1 :], reset)).sum())

            return t.numeric_gradient(loss, args[k][gate])

        for k, gate in itertools.product((2, 3, 4), GATES):
            got = t.gradients("gru_forward", *args, wrt=((k, gate),), cotangent=c)
            want = {r: (by_gate(k, gate, r),) for r in CHOICES}
            t.either(got, "reset", want, rtol=1e-6, scale=1.0, what=f"gradient ({gate})")
