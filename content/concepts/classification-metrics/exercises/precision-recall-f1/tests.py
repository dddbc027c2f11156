"""Oracle: sets of examples and exact fractions."""

from fractions import Fraction

import numpy as np

NAME = "precision_recall_f1"


def ratio(a, b):
    return Fraction(a, b) if b else Fraction(0)


def triple(tp, fp, fn):
    p, r = ratio(tp, tp + fp), ratio(tp, tp + fn)
    return p, r, (2 * p * r / (p + r) if p + r else Fraction(0))


def expected(y_true, y_pred, k, average=None):
    true, pred = np.asarray(y_true).tolist(), np.asarray(y_pred).tolist()
    counts = []
    for c in range(k):
        is_c = {i for i, v in enumerate(true) if v == c}
        said_c = {i for i, v in enumerate(pred) if v == c}
        counts.append((len(is_c & said_c), len(said_c - is_c), len(is_c - said_c)))
    if average == "micro":
        return tuple(float(v) for v in triple(*(sum(column) for column in zip(*counts, strict=True))))
    each = [triple(*c) for c in counts]
    if average is None:
        return tuple(np.array([float(row[i]) for row in each]) for i in range(3))
    weights = [1] * k if average == "macro" else [true.count(c) for c in range(k)]
    columns = [sum(w * row[i] for w, row in zip(weights, each, strict=True)) for i in range(3)]
    return tuple(float(ratio(1, sum(weights)) * v) for v in columns)


def ask(t, y_true, y_pred, k, averages=(None, "macro", "micro", "weighted")):
    for average in averages:
        options = {} if average is None else {"average": average}
        got = t.call(NAME, y_true, y_pred, k, **options)
        t.close(got, expected(y_true, y_pred, k, average), what="(precision, recall, f1)", scale=1.0)


def data(t, n, k):
    """Unequal classes, errors mostly upwards, so that precision, recall and all averages differ."""
    share = np.arange(1, k + 1)[::-1] ** 1.5
    y_true = t.rng.choice(k, size=n, p=share / share.sum())
    wrong = t.rng.random(n) < 0.35
    y_pred = np.where(wrong, np.minimum(y_true + t.rng.integers(1, 3, size=n), k - 1), y_true)
    y_true[:5], y_pred[:5] = [0, 0, 1, k - 1, 0], [0, 1, 1, k - 1, k - 1]
    return y_true, y_pred


def example_binary(t):
    """Six examples of two classes."""
    ask(t, np.array([1, 1, 1, 0, 0, 0]), np.array([1, 1, 0, 1, 0, 0]), 2, [None])


def example_averages(t):
    """Three classes and all averages."""
    ask(t, np.array([0, 0, 0, 1, 2, 2]), np.array([0, 0, 1, 1, 1, 2]), 3)


def test_each_class(t):
    """Each class, with several class counts."""
    for n, k in [(30, 2), (60, 3), (100, 6)]:
        ask(t, *data(t, n, k), k, [None])


def test_macro(t):
    """The macro average."""
    for n, k in [(30, 2), (80, 4)]:
        ask(t, *data(t, n, k), k, ["macro"])


def test_micro(t):
    """The micro average."""
    for n, k in [(30, 2), (80, 4)]:
        ask(t, *data(t, n, k), k, ["micro"])


def test_weighted(t):
    """The weighted average."""
    for n, k in [(30, 2), (80, 4)]:
        ask(t, *data(t, n, k), k, ["weighted"])


def test_never_predicted(t):
    """A class that is never predicted."""
    y_true, y_pred = data(t, 60, 4)
    y_pred[y_pred == 2] = 1
    y_true[10:14] = 2
    ask(t, y_true, y_pred, 4)


def test_never_true(t):
    """A class that is predicted and never occurs."""
    y_true, y_pred = data(t, 60, 4)
    y_true[y_true == 2] = 1
    y_pred[10:14] = 2
    ask(t, y_true, y_pred, 4)


def test_absent_classes(t):
    """Classes in neither array count in the macro average."""
    y_true, y_pred = data(t, 40, 3)
    ask(t, y_true, y_pred, 6)
    ask(t, y_true + 2, y_pred + 2, 5)


def test_always_wrong(t):
    """No prediction is right."""
    y = t.rng.integers(3, size=30)
    y[:3] = [0, 1, 2]
    ask(t, y, (y + 1) % 3, 3)


def test_always_right(t):
    """Every prediction is right, with classes that occur and one that does not."""
    y = t.rng.integers(3, size=30)
    y[:3] = [0, 1, 2]
    ask(t, y, y.copy(), 3)
    ask(t, y, y.copy(), 4)


def test_no_examples(t):
    """No example at all."""
    ask(t, np.zeros(0, dtype=int), np.zeros(0, dtype=int), 3)


def test_refuses(t):
    """An unknown average is refused."""
    for average in ("samples", "mean", ""):
        t.raises(NAME, np.array([0, 1]), np.array([0, 1]), 2, average=average)
