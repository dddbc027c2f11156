"""Oracles: the rule in plain loops; the gradient by finite differences; the least-squares solution as the limit."""

import numpy as np


def cost(x, y, w, b):
    return sum(
        (sum(wi * xi for wi, xi in zip(w, row, strict=True)) + b - v) ** 2 for row, v in zip(x, y, strict=True)
    ) / (2 * len(y))


def expected(x, y, w, b, rate, epochs, tolerance=0.0):
    x, y, w = (np.asarray(v, dtype=np.float64) for v in (x, y, w))
    theta, rows = np.append(w, b), np.column_stack([x, np.ones(len(x))])  # the bias as one more weight
    costs = []
    for _ in range(epochs):
        gradient = np.zeros(len(theta))
        for row, v in zip(rows, y, strict=True):
            gradient += row * (row.dot(theta) - v) / len(y)
        costs.append(cost(x, y, theta[:-1], theta[-1]))
        if np.sqrt((gradient**2).sum()) <= tolerance:
            break
        theta = theta - rate * gradient
    return theta[:-1], theta[-1], costs


def draw(t, n, d):
    x = t.rng.normal(size=(n, d)) + 0.5
    return (
        x,
        x @ t.rng.normal(size=d) + 2.0 + 0.3 * t.rng.normal(size=n),
        t.rng.normal(size=d),
        float(t.rng.normal() - 3),
    )


def ask(t, *args, rtol=1e-9, **options):
    want = expected(*args, **options)
    t.close(t.call("batch_gradient_descent", *args, **options), want, rtol=rtol, what="(w, b, costs)")
    return want


def example_one_epoch(t):
    """The example of the statement."""
    ask(t, np.array([[1.0], [3.0]]), np.array([1.0, 2.0]), np.zeros(1), 0.0, 0.1, 1)


def test_one_step(t):
    """One step goes against the finite-difference gradient of the cost."""
    x, y, w, b = draw(t, 7, 3)
    got = t.call("batch_gradient_descent", x, y, w, b, 1.0, 1)
    theta = np.append(w, b)
    want = theta - t.numeric_gradient(lambda v: cost(x, y, v[:-1], v[-1]), theta)
    t.close(got[0], want[:-1], rtol=1e-7, scale=1.0, what="w")
    t.close(got[1], want[-1], rtol=1e-7, scale=1.0, what="b")


def test_several_steps(t):
    """Several epochs for several sizes of data."""
    for n, d, epochs in [(9, 2, 5), (20, 4, 8), (3, 5, 4), (6, 1, 3)]:
        ask(t, *draw(t, n, d), 0.05, epochs)


def test_single_example(t):
    """A data set of one example."""
    ask(t, *draw(t, 1, 3), 0.02, 4)


def test_no_epochs(t):
    """No epochs: the start comes back."""
    x, y, w, b = draw(t, 5, 2)
    t.close(t.call("batch_gradient_descent", x, y, w, b, 0.1, 0), (w, b, []), what="(w, b, costs)")


def test_converges(t):
    """Many epochs lead to the least-squares solution."""
    x, y, w, b = draw(t, 40, 2)
    x = x - x.mean(axis=0)
    got = t.call("batch_gradient_descent", x, y, w, b, 0.3, 600)
    best = np.linalg.lstsq(np.column_stack([x, np.ones(40)]), y, rcond=None)[0]
    t.close(got[0], best[:-1], rtol=1e-4, scale=1.0, what="w")
    t.close(got[1], best[-1], rtol=1e-4, scale=1.0, what="b")
    t.check(len(got[2]) == 600, f"costs has {len(got[2])} entries; wanted 600")


def test_stops_at_the_tolerance(t):
    """Training ends when the gradient is small enough, without another step."""
    x, y, w, b = draw(t, 12, 2)
    path = expected(x, y, w, b, 0.1, 40)
    for steps in (0, 6, 15):
        now_w, now_b, _ = expected(x, y, w, b, 0.1, steps)
        r = x @ now_w + now_b - y
        size = np.sqrt(((x.T @ r / 12) ** 2).sum() + r.mean() ** 2)
        want = ask(t, x, y, w, b, 0.1, 40, tolerance=float(size * 1.0001))
        t.check(len(want[2]) <= steps + 1 < len(path[2]), "the tolerance does not stop it")  # of this file


def test_starts_at_the_optimum(t):
    """A start with gradient exactly 0 stays where it is."""
    x = t.rng.integers(-3, 4, size=(6, 2)).astype(float)
    w = np.array([2.0, -1.0])
    ask(t, x, x @ w + 0.5, w, 0.5, 0.1, 5)


def test_diverges(t):
    """Too large a learning rate diverges just as the rule says."""
    x, y, w, b = draw(t, 8, 3)
    want = ask(t, x, y, w, b, 3.0, 7, rtol=1e-8)
    t.check(want[2][-1] > want[2][0], "it does not diverge")  # of this file


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, y, w, b = draw(t, 5, 4)
    for array in t.layouts(x).values():
        ask(t, array, y, w, b, 0.05, 3)
