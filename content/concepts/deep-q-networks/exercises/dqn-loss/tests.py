"""Oracle: error by error in float64; the gradient by central differences too."""

import numpy as np


def expected(q, actions, targets, delta=1.0, weights=None):
    n = len(actions)
    loss, gradient = 0.0, np.zeros(q.shape)
    for i in range(n):
        w = 1.0 if weights is None else float(weights[i])
        e = float(q[i, actions[i]]) - float(targets[i])
        loss += w * (0.5 * e * e if abs(e) <= delta else delta * abs(e) - 0.5 * delta * delta) / n
        gradient[i, actions[i]] = w * min(max(e, -delta), delta) / n
    return loss, gradient


def ask(t, *args, **kw):
    got = t.call("dqn_loss", *args, **kw)
    t.close(got, expected(*args, **kw), what="(loss, gradient)")
    return got


def data(t, n, a, delta=1.0):
    """Errors on both sides of both bends."""
    q, actions = 3 * t.rng.normal(size=(n, a)), t.rng.integers(a, size=n)
    size = np.where(np.arange(n) % 2 == 0, t.rng.uniform(0.2, 0.9, size=n), t.rng.uniform(1.3, 4, size=n))
    errors = delta * size * np.where(np.arange(n) % 4 < 2, 1, -1)
    order = t.rng.permutation(n)
    return q, actions, q[np.arange(n), actions] - errors[order]


def example_small(t):
    """Two states, three actions: one small and one large error."""
    ask(t, np.array([[1.0, 2.0, 3.0], [0.0, 5.0, 1.0]]), np.array([1, 1]), np.array([1.5, 1.0]))


def test_random_batches(t):
    """Small and large errors of both signs, several sizes."""
    for n, a in [(8, 3), (5, 6), (12, 2), (4, 4), (1, 3), (2, 1)]:
        ask(t, *data(t, n, a))


def test_other_deltas(t):
    """Other values of delta, by position and by name."""
    for delta in (0.3, 2.5):
        ask(t, *data(t, 8, 3, delta), delta)
        ask(t, *data(t, 8, 3, delta), delta=delta)


def test_weights(t):
    """Importance weights, some of them 0; the mean divides by n."""
    ask(t, *data(t, 8, 3), 1.0, t.rng.uniform(0.2, 1.0, size=8))
    weights = t.rng.uniform(0.5, 3, size=9)
    weights[2] = 0
    ask(t, *data(t, 9, 4, 0.7), delta=0.7, weights=weights)


def test_gradient_is_that_of_the_loss(t):
    """The gradient agrees with finite differences of the loss."""
    q, actions, targets = data(t, 6, 3, 0.6)
    w = t.rng.uniform(0.5, 2, size=6)
    _, gradient = t.call("dqn_loss", q, actions, targets, 0.6, w)
    want = t.numeric_gradient(lambda x: expected(x, actions, targets, 0.6, w)[0], q)
    t.close(gradient, want, rtol=1e-6, what="gradient")


def test_other_actions_do_not_count(t):
    """Actions that were not taken neither cost anything nor get a gradient."""
    q, actions, targets = data(t, 6, 4)
    loss, gradient = ask(t, q, actions, targets)
    other = q + 100 * (1 - np.eye(4)[actions])
    again = t.call("dqn_loss", other, actions, targets)
    t.close(again, (float(np.asarray(loss)), np.asarray(gradient)), what="(loss, gradient)")


def test_no_error(t):
    """Values that meet their targets cost nothing."""
    q, actions = t.rng.normal(size=(5, 3)), t.rng.integers(3, size=5)
    ask(t, q, actions, q[np.arange(5), actions])


def test_huge_errors(t):
    """Errors of 1e6 count linearly, with a bounded gradient."""
    q, actions, targets = data(t, 6, 3)
    ask(t, q, actions, targets + np.where(np.arange(6) % 2 == 0, 1e6, -1e6))


def test_float32(t):
    """float32 data, right to float32 precision."""
    q, actions, targets = data(t, 10, 4)
    ask(t, q.astype(np.float32), actions, targets.astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    q, actions, targets = data(t, 6, 4)
    for array in t.layouts(q).values():
        ask(t, array, actions, targets)
