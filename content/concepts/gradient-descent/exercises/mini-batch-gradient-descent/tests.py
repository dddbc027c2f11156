"""Oracle: the rule in plain loops with Python's math module; one step by finite differences."""

import math

import numpy as np


def loss_of(z, label):
    return max(z, 0.0) + math.log1p(math.exp(-abs(z))) - label * z


def error_of(z, label):
    e = math.exp(-abs(z))
    return (1 if z >= 0 else e) / (1 + e) - label


def expected(x, y, w, b, orders, batch_size, rate, drop_last=False):
    x, w, b = np.asarray(x, dtype=np.float64), np.array(w, dtype=np.float64), float(b)
    losses = []
    for order in np.asarray(orders).tolist():
        seen, batch = [], []
        for position, i in enumerate(order):
            batch.append(i)
            last = position == len(order) - 1
            if len(batch) == batch_size or (last and not drop_last):
                z = {i: float(x[i] @ w + b) for i in batch}
                seen += [loss_of(z[i], int(y[i])) for i in batch]
                errors = {i: error_of(z[i], int(y[i])) for i in batch}
                w = w - rate * sum(errors[i] * x[i] for i in batch) / len(batch)
                b = b - rate * sum(errors.values()) / len(batch)
                batch = []
        losses.append(sum(seen) / len(seen) if seen else 0.0)
    return w, b, losses


def draw(t, n, d, epochs, scale=1.0):
    x, w = t.rng.normal(size=(n, d)) + 0.3, scale * t.rng.normal(size=d)
    y = np.where(np.arange(n) % 3 == 0, 1, 0)[t.rng.permutation(n)]
    return x, y, w, 0.7, np.array([t.rng.permutation(n) for _ in range(epochs)])


def ask(t, *args, rtol=1e-9, **options):
    got = t.call("mini_batch_gradient_descent", *args, **options)
    t.close(got, expected(*args, **options), rtol=rtol, scale=1.0, what="(w, b, losses)")


def example_three_examples(t):
    """Three examples in batches of two."""
    x, y = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 0.5]]), np.array([1, 0, 1])
    ask(t, x, y, np.zeros(2), 0.0, np.array([[2, 0, 1]]), 2, 0.5)


def test_one_step(t):
    """One step on one batch goes against the finite-difference gradient."""
    x, y, w, b, orders = draw(t, 7, 3, 1)
    got = t.call("mini_batch_gradient_descent", x, y, w, b, orders, 7, 1.0)

    def mean_loss(v):
        return sum(loss_of(float(x[i] @ v[:-1] + v[-1]), int(y[i])) for i in range(7)) / 7

    theta = np.append(w, b)
    want = theta - t.numeric_gradient(mean_loss, theta)
    t.close(got[0], want[:-1], rtol=1e-7, scale=1.0, what="w")
    t.close(got[1], want[-1], rtol=1e-7, scale=1.0, what="b")


def test_equal_batches(t):
    """Batches of equal size, several epochs."""
    for n, d, size in [(12, 3, 4), (10, 2, 5), (6, 5, 3)]:
        ask(t, *draw(t, n, d, 3), size, 0.4)


def test_last_batch_smaller(t):
    """A last batch that is smaller."""
    for n, d, size in [(10, 3, 4), (7, 2, 5), (9, 4, 2)]:
        ask(t, *draw(t, n, d, 3), size, 0.6)


def test_drop_last(t):
    """The smaller last batch left out; a full one is kept."""
    for n, size in [(10, 4), (7, 5), (9, 2), (12, 4), (6, 6)]:
        ask(t, *draw(t, n, 3, 2), size, 0.5, drop_last=True)


def test_batches_of_one(t):
    """Batches of one example: stochastic gradient descent."""
    ask(t, *draw(t, 6, 3, 3), 1, 0.2)
    ask(t, *draw(t, 6, 3, 3), 1, 0.2, drop_last=True)


def test_whole_set(t):
    """One batch for the whole set, and a batch size above its size."""
    for size in (8, 9, 50):
        ask(t, *draw(t, 8, 3, 4), size, 0.7)
    ask(t, *draw(t, 8, 3, 4), 8, 0.7, drop_last=True)


def test_nothing_left(t):
    """A batch size above the set's with drop_last: nothing is used."""
    ask(t, *draw(t, 5, 3, 2), 6, 0.7, drop_last=True)


def test_single_example(t):
    """A data set of one example."""
    ask(t, *draw(t, 1, 4, 3), 2, 0.5)


def test_large_scores(t):
    """Scores of some thousands."""
    x, y, w, b, orders = draw(t, 12, 3, 2, scale=3000.0)
    z = x @ w + b
    y = np.where(np.arange(12) % 2, z > 0, z < 0).astype(int)  # every second one is confidently wrong
    ask(t, x, y, w, b, orders, 5, 0.3)


def test_zero_rate(t):
    """With a rate of 0 nothing moves; the losses are those of the start."""
    ask(t, *draw(t, 11, 3, 2), 4, 0.0)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, *rest = draw(t, 6, 4, 2)
    for array in t.layouts(x).values():
        ask(t, array, *rest, 4, 0.3)
