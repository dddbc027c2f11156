"""Oracle: for each cell, the examples that belong there are counted."""

import numpy as np

NAME = "confusion_matrix"


def expected(y_true, y_pred, k):
    pairs = list(zip(np.asarray(y_true).tolist(), np.asarray(y_pred).tolist(), strict=True))
    return np.array([[pairs.count((i, j)) for j in range(k)] for i in range(k)], dtype=np.int64).reshape(k, k)


def ask(t, y_true, y_pred, k):
    t.equal(t.call(NAME, y_true, y_pred, k), expected(y_true, y_pred, k), what="table")


def data(t, n, k, dtype=np.int64):
    """Mostly right predictions, so that pairs repeat; wrong ones are too high, so that the table is not symmetric."""
    y_true = t.rng.integers(k, size=n)
    wrong = t.rng.random(size=n) < 0.4
    y_pred = np.where(wrong, np.minimum(y_true + 1, k - 1), y_true)
    y_true[:3], y_pred[:3] = [0, 0, 0], [k - 1, k - 1, 0]
    return y_true.astype(dtype), y_pred.astype(dtype)


def example_three(t):
    """The example of the statement."""
    ask(t, np.array([0, 1, 1]), np.array([0, 1, 0]), 2)


def test_random_labels(t):
    """Random labels of several class counts."""
    for n, k in [(40, 2), (60, 3), (100, 7), (30, 12)]:
        ask(t, *data(t, n, k), k)


def test_absent_classes(t):
    """Classes that occur in neither array, or in one only."""
    ask(t, np.array([1, 3, 3, 1]), np.array([1, 1, 3, 3]), 6)
    ask(t, t.rng.permutation(np.array([2, 2, 2])), np.array([0, 4, 4]), 5)


def test_always_wrong(t):
    """Predictions that are never right."""
    y = t.rng.integers(4, size=50)
    ask(t, y, (y + 1) % 4, 4)


def test_one_class(t):
    """One class, one example, and none."""
    ask(t, np.zeros(5, dtype=int), np.zeros(5, dtype=int), 1)
    ask(t, np.array([2]), np.array([1]), 3)
    ask(t, np.zeros(0, dtype=int), np.zeros(0, dtype=int), 3)


def test_small_integer_types(t):
    """Labels in narrow signed and unsigned types."""
    for dtype in (np.uint8, np.int8, np.int32, np.uint16):
        ask(t, *data(t, 200, 20, dtype), 20)
    ask(t, data(t, 80, 17, np.uint8)[0], data(t, 80, 17, np.int64)[1], 17)


def test_many_examples(t):
    """Seventy thousand examples of one pair."""
    n = 70_000 + int(t.rng.integers(100))
    got = t.call(NAME, np.ones(n, dtype=np.uint8), np.zeros(n, dtype=np.uint8), 2)
    t.equal(got, np.array([[0, 0], [n, 0]]), what="table")


def test_refuses_lengths(t):
    """Arrays of different lengths are refused."""
    t.raises(NAME, np.array([0, 1, 1]), np.array([0, 1]), 2)
    t.raises(NAME, np.array([1]), np.array([0, 1]), 2)


def test_refuses_labels(t):
    """Labels outside the range are refused, in either array."""
    good = np.array([0, 1, 2, 1])
    for bad in (3, 7, -1):
        other = good.copy()
        other[int(t.rng.integers(4))] = bad
        t.raises(NAME, good, other, 3)
        t.raises(NAME, other, good, 3)


def test_other_memory_layouts(t):
    """Strided and reversed arrays."""
    y_true, y_pred = data(t, 30, 4)
    for name, array in t.layouts(y_true).items():
        ask(t, array, t.layouts(y_pred)[name], 4)
