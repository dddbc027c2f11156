"""Oracle: pairs are counted, in exact integers; for many examples by bisection in the sorted negatives."""

from bisect import bisect_left, bisect_right

import numpy as np

NAME = "roc_auc"


def expected(y_true, scores):
    y_true, scores = np.asarray(y_true).tolist(), np.asarray(scores).tolist()
    positive = [s for y, s in zip(y_true, scores, strict=True) if y]
    negative = sorted(s for y, s in zip(y_true, scores, strict=True) if not y)
    twice = sum(bisect_left(negative, s) + bisect_right(negative, s) for s in positive)
    return twice / (2 * len(positive) * len(negative))


def ask(t, y_true, scores):
    t.close(t.call(NAME, y_true, scores), expected(y_true, scores), rtol=1e-9, scale=1.0, what="area")


def data(t, n, share=0.4, levels=None, dtype=np.float64):
    """Labels with both classes and scores that say something; `levels` makes ties."""
    y_true = (t.rng.random(n) < share).astype(np.int64)
    y_true[t.rng.permutation(n)[:2]] = [0, 1]
    scores = t.rng.normal(size=n) + y_true
    if levels:
        scores = np.round(np.clip((scores + 3) / 7, 0, 1) * levels) / levels
    return y_true, scores.astype(dtype)


def example_of_the_statement(t):
    """Four examples with one tie."""
    ask(t, np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.4, 0.8]))


def test_without_ties(t):
    """Random scores, all different."""
    for n, share in [(10, 0.5), (50, 0.2), (51, 0.8)]:
        ask(t, *data(t, n, share))


def test_with_ties(t):
    """Scores with many ties within and between the classes."""
    for n, levels in [(40, 5), (60, 2), (200, 10)]:
        ask(t, *data(t, n, levels=levels))


def test_all_equal(t):
    """All scores equal, in any order of the examples."""
    for y_true in ([0, 0, 0, 1, 1], [1, 1, 0, 0, 0], [0, 1]):
        ask(t, np.array(y_true), np.full(len(y_true), float(t.rng.normal())))


def test_perfect_and_reversed(t):
    """A perfect ranking and a reversed one."""
    y_true = np.array([0, 1, 0, 1, 1, 0, 1])
    ask(t, y_true, y_true + 0.5 * t.rng.random(7))
    ask(t, y_true, -y_true - 0.5 * t.rng.random(7))


def test_worse_than_chance(t):
    """A ranking worse than chance stays below one half."""
    y_true, scores = data(t, 60)
    ask(t, y_true, -2 * scores)


def test_order_of_examples(t):
    """Sorted examples, positives first or last, with ties between the classes."""
    y_true, scores = data(t, 60, levels=4)
    for order in (
        np.argsort(y_true, kind="stable"),
        np.argsort(-y_true, kind="stable"),
        np.argsort(scores, kind="stable"),
    ):
        ask(t, y_true[order], scores[order])


def test_only_ranks_matter(t):
    """Scores far apart or very close together, negative, and infinite."""
    y_true, scores = data(t, 40)
    ask(t, y_true, np.exp(20 * scores))
    ask(t, y_true, 1 + 1e-12 * np.argsort(np.argsort(scores)))
    ask(t, y_true, scores - 1e6)
    scores[[3, 7, 11]], scores[[5, 6]] = np.inf, -np.inf
    ask(t, y_true, scores)


def test_one_of_a_class(t):
    """A single positive, a single negative."""
    for n in (2, 9):
        y_true = np.zeros(n, dtype=int)
        y_true[int(t.rng.integers(n))] = 1
        scores = t.rng.normal(size=n)
        ask(t, y_true, scores)
        ask(t, 1 - y_true, scores)


def test_integer_types(t):
    """Integer scores, unsigned ones too, narrow labels, and float32."""
    y_true, scores = data(t, 60, levels=20)
    scores[:5], y_true[:5] = 0.0, [0, 0, 1, 0, 0]
    for dtype in (np.int64, np.uint8, np.int8):
        ask(t, y_true.astype(dtype), (scores * 20).astype(dtype))
    ask(t, *data(t, 60, dtype=np.float32))


def test_one_class_missing(t):
    """One class only is refused."""
    t.raises(NAME, np.ones(4, dtype=int), t.rng.normal(size=4))
    t.raises(NAME, np.zeros(4, dtype=int), t.rng.normal(size=4))


def test_many_examples(t):
    """A hundred thousand examples."""
    ask(t, *data(t, 100_000, 0.5))
    ask(t, *data(t, 100_000, 0.3, levels=1000))


def test_other_memory_layouts(t):
    """Strided and reversed arrays."""
    y_true, scores = data(t, 30, levels=8)
    for name, array in t.layouts(scores).items():
        ask(t, t.layouts(y_true)[name], array)
