"""Oracle: the rule in exact rational arithmetic for whole-number data, and in plain Python floats otherwise."""

from fractions import Fraction

import numpy as np


def expected(x, y, epochs, learning_rate=1.0, number=float):
    rows = [[number(float(v)) for v in row] for row in x]
    rate = number(learning_rate)
    w, b = [number(0)] * x.shape[1], number(0)
    errors = []
    for _ in range(epochs):
        wrong = 0
        for row, label in zip(rows, y.tolist(), strict=True):
            score = sum((u * v for u, v in zip(w, row, strict=True)), b)
            step = label - (1 if score >= 0 else 0)
            if step:
                wrong += 1
                w = [u + rate * step * v for u, v in zip(w, row, strict=True)]
                b = b + rate * step
        errors.append(wrong)
        if wrong == 0:
            break
    return np.array([float(v) for v in w]), float(b), errors


def ask(t, x, y, epochs, number=float, **rate):
    got = t.call("fit", x, y, epochs, **rate)
    want = expected(x, y, epochs, *rate.values(), number=number)
    t.close(got, want, scale=1.0, what="(w, b, errors)")
    return want


def separable(t, n, d, offset=1.5, gap=0.4):
    """Normal inputs on both sides of a plane that does not go through the origin."""
    while True:
        direction = t.rng.normal(size=d)
        direction /= np.linalg.norm(direction)
        x = 2 * t.rng.normal(size=(6 * n, d))
        score = x @ direction - offset
        x, score = x[np.abs(score) > gap][:n], score[np.abs(score) > gap][:n]
        y = (score > 0).astype(np.int64)
        if len(y) == n and 0.15 < y.mean() < 0.85 and len(errors := expected(x, y, 4)[2]) == 4 and errors[-1]:
            return x, y


def example_two_points(t):
    """The example of the statement."""
    ask(t, np.array([[1.0], [-2.0]]), np.array([1, 0]), 5)


def example_predict(t):
    """Predictions of three points."""
    t.equal(
        t.call("predict", np.array([[1.0, 1.0], [2.0, 0.0], [0.0, 3.0]]), np.array([1.0, -1.0]), -1.0),
        np.array([0, 1, 0]),
    )


def test_predict(t):
    """Predictions are integers 0 and 1."""
    for n, d in [(6, 3), (1, 4), (40, 2)]:
        x, w, b = t.rng.normal(size=(n, d)), t.rng.normal(size=d), float(t.rng.normal())
        t.equal(t.call("predict", x, w, b), (x @ w + b > 0).astype(int))


def test_predict_at_the_threshold(t):
    """A score of exactly 0 belongs to class 1."""
    x = np.array([[1.0, 2.0], [2.0, 4.5], [0.0, 0.0], [2.0, 3.5], [3.0, 6.0]])
    t.equal(t.call("predict", x, np.array([2.0, -1.0]), 0.0), np.array([1, 0, 1, 1, 1]))


def test_separable_data(t):
    """Separable data are learnt, and training stops when they are."""
    for n, d in [(30, 2), (20, 4)]:
        x, y = separable(t, n, d)
        _, _, errors = ask(t, x, y, 2000)
        t.check(errors[-1] == 0, "the data are not separable")  # of this file
        t.equal(t.call("predict", x, *t.call("fit", x, y, 2000)[:2]), y)


def test_few_epochs(t):
    """The number of epochs is a limit."""
    x, y = separable(t, 25, 3)
    for epochs in (1, 2, 3):
        ask(t, x, y, epochs)


def test_not_separable(t):
    """XOR is never learnt; all epochs are run."""
    x = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    for y in (np.array([0, 1, 1, 0]), np.array([1, 0, 0, 1])):
        ask(t, x, y, 7, number=Fraction)


def test_order_of_examples(t):
    """Another order of the examples gives other weights."""
    x, y = separable(t, 20, 2)
    x, y = np.vstack([x, x[:1]]), np.append(y, 1 - y[0])  # a contradiction: it never ends
    for _ in range(3):
        order = t.rng.permutation(21)
        ask(t, x[order], y[order], 3)


def test_learning_rate(t):
    """Another learning rate."""
    x, y = separable(t, 16, 3)
    for rate in (0.5, 0.125, 4.0):
        ask(t, x, y, 3, learning_rate=rate)


def test_whole_numbers(t):
    """Whole-number inputs, where scores of exactly 0 occur."""
    for _ in range(4):
        x, y = t.rng.integers(-2, 3, size=(15, 3)).astype(float), t.rng.integers(2, size=15)
        x[7], y[7] = x[3], 1 - y[3]  # a contradiction: it never ends
        ask(t, x, y, 6, number=Fraction)


def test_one_class_only(t):
    """All of class 1 is right from the start; all of class 0 is not."""
    x = np.abs(t.rng.normal(size=(8, 2))) + 0.1
    ask(t, x, np.ones(8, dtype=np.int64), 5)
    ask(t, x, np.zeros(8, dtype=np.int64), 5)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, y = separable(t, 12, 3)
    for array in t.layouts(x).values():
        ask(t, array, y, 4)
