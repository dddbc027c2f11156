"""Oracle: the rule on a least-squares problem whose gradients are computed on this side; every call is recorded."""

import numpy as np


class Problem:
    """Losses (a_i · theta - c_i)² / 2 with a cubic term, so that no two points have the same gradient."""

    def __init__(self, t, n, d):
        self.a, self.c = t.rng.normal(size=(n, d)), t.rng.normal(size=n)
        self.calls = []

    def slope(self, theta, i):
        r = self.a[i] @ theta - self.c[i]
        return self.a[i] * (r + 0.1 * np.tanh(r))

    def gradient(self, theta, i):
        i = int(getattr(i, "array", i))
        theta = np.array(getattr(theta, "array", theta), dtype=np.float64)
        self.calls.append((i, theta))
        return self.slope(theta, i)


def expected(slope, theta, orders, rate, decay=0.0):
    points, count = [np.array(theta, dtype=np.float64)], 0
    for i in np.asarray(orders).ravel().tolist():
        points.append(points[-1] - rate / (1 + decay * count) * slope(points[-1], i))
        count += 1
    return points[-1], sum(points[1:]) / count


def orders_of(t, epochs, n):
    return np.array([t.rng.permutation(n) for _ in range(epochs)])


def ask(t, n, d, epochs, rate, **decay):
    problem, theta, orders = Problem(t, n, d), t.rng.normal(size=d) + 2, orders_of(t, epochs, n)
    got = t.call("sgd", problem.gradient, theta, orders, rate, **decay)
    t.close(got, expected(problem.slope, theta, orders, rate, **decay), rtol=1e-9, what="(theta, average)")
    asked = [i for i, _ in problem.calls]
    t.check(len(asked) == epochs * n, f"gradient was called {len(asked)} times for {epochs * n} updates")
    t.equal(asked, orders.ravel().tolist(), what="examples in the order of the calls")


def example_two_examples(t):
    """The example of the statement."""
    got = t.call("sgd", lambda theta, i: theta - float(getattr(i, "array", i)), np.zeros(1), np.array([[2, 4]]), 0.5)
    t.close(got, (np.array([2.5]), np.array([1.75])), what="(theta, average)")


def test_one_epoch(t):
    """One epoch."""
    for n, d in [(5, 3), (8, 1), (3, 6)]:
        ask(t, n, d, 1, 0.1)


def test_several_epochs(t):
    """Several epochs, each in its own order."""
    for n, d, epochs in [(6, 2, 4), (4, 5, 3)]:
        ask(t, n, d, epochs, 0.08)


def test_single_update(t):
    """One example, one epoch: the average is the result."""
    ask(t, 1, 4, 1, 0.3)


def test_decay(t):
    """A decaying rate within one epoch."""
    for decay in (0.5, 2.0):
        ask(t, 7, 3, 1, 0.2, decay=decay)


def test_decay_over_epochs(t):
    """A decaying rate over several epochs."""
    for decay in (0.1, 1.0):
        ask(t, 5, 3, 4, 0.2, decay=decay)


def test_some_examples_only(t):
    """Orders that leave examples out and repeat others."""
    problem, theta = Problem(t, 9, 3), t.rng.normal(size=3)
    orders = np.array([[3, 3, 8], [0, 5, 3], [7, 8, 8]])
    got = t.call("sgd", problem.gradient, theta, orders, 0.1, decay=0.3)
    t.close(got, expected(problem.slope, theta, orders, 0.1, 0.3), rtol=1e-9, what="(theta, average)")


def test_points_where_the_gradient_is_taken(t):
    """Every gradient is taken at the point that the update before has reached."""
    problem, theta, orders = Problem(t, 6, 2), t.rng.normal(size=2), orders_of(t, 2, 6)
    t.call("sgd", problem.gradient, theta, orders, 0.15, decay=0.2)
    t.check(len(problem.calls) == 12, f"gradient was called {len(problem.calls)} times for 12 updates")
    for k, (_, at) in enumerate(problem.calls):
        want = theta if k == 0 else expected(problem.slope, theta, orders.ravel()[:k], 0.15, 0.2)[0]
        t.close(at.tolist(), want.tolist(), rtol=1e-9, what=f"point of call {k + 1}")


def test_start_is_kept(t):
    """The start stays as it is, and a rate of 0 never leaves it."""
    problem, theta = Problem(t, 4, 3), t.rng.normal(size=3)
    t.close(t.call("sgd", problem.gradient, theta, orders_of(t, 2, 4), 0.0), (theta, theta), what="(theta, average)")


def test_many_updates(t):
    """Averaging over many updates."""
    ask(t, 40, 3, 5, 0.05, decay=0.01)
