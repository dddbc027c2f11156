"""Oracle: pair by pair in float64; gradients by central differences too."""

import numpy as np


def softplus(x):
    return max(x, 0.0) + np.log1p(np.exp(-abs(x)))


def sigmoid(x):
    return 1 / (1 + np.exp(-x)) if x >= 0 else np.exp(x) / (1 + np.exp(x))


def expected(a, b, centres, contexts, negatives):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    loss, ga, gb, n = 0.0, np.zeros(a.shape), np.zeros(b.shape), len(centres)
    for c, o, row in zip(centres, contexts, negatives, strict=True):
        for word, sign in [(o, 1.0), *((m, -1.0) for m in row)]:
            score = float(a[c] @ b[word])
            loss += softplus(-sign * score) / n
            slope = -sign * sigmoid(-sign * score) / n
            ga[c] += slope * b[word]
            gb[word] += slope * a[c]
    return loss, ga, gb


def ask(t, *args, scale=None):
    got = t.call("skip_gram_negative_sampling", *args)
    t.close(got, expected(*args), scale=scale, what="(loss, centre_gradient, context_gradient)")
    return got


def data(t, v, d, n, k, scale=0.8):
    a, b = scale * t.rng.normal(size=(v, d)), scale * t.rng.normal(size=(v, d))
    centres, contexts, negatives = (t.rng.integers(v, size=size) for size in (n, n, (n, k)))
    negatives[0, 0] = contexts[0]
    return a, b, centres, contexts, negatives


def example_two_pairs(t):
    """Two pairs with two negatives each, five words."""
    a, b = np.round(t.rng.normal(size=(5, 3)), 1), np.round(t.rng.normal(size=(5, 3)), 1)
    ask(t, a, b, np.array([0, 1]), np.array([2, 3]), np.array([[3, 4], [4, 0]]))


def test_random_batches(t):
    """Random batches of several sizes."""
    for sizes in [(9, 4, 6, 3), (12, 3, 1, 5), (7, 5, 20, 2)]:
        ask(t, *data(t, *sizes))


def test_gradients_are_those_of_the_loss(t):
    """Both gradients agree with finite differences of the loss."""
    a, b, *words = data(t, 6, 3, 5, 2)
    _, ga, gb = t.call("skip_gram_negative_sampling", a, b, *words)
    t.close(ga, t.numeric_gradient(lambda x: expected(x, b, *words)[0], a), rtol=1e-7, what="centre_gradient")
    t.close(gb, t.numeric_gradient(lambda x: expected(a, x, *words)[0], b), rtol=1e-7, what="context_gradient")


def test_repeated_words(t):
    """Words that occur several times, in one row and across rows, collect all their gradients."""
    a, b, *_ = data(t, 6, 4, 1, 1)
    centres, contexts = np.array([2, 2, 2, 4]), np.array([1, 1, 3, 2])
    ask(t, a, b, centres, contexts, np.array([[5, 5, 0], [5, 3, 5], [1, 0, 0], [4, 2, 2]]))


def test_negative_equal_to_the_context(t):
    """A negative that is the context word, or the centre word, is used as it is."""
    a, b, *_ = data(t, 5, 4, 1, 1)
    ask(t, a, b, np.array([0, 1, 3]), np.array([2, 4, 3]), np.array([[2, 1], [4, 1], [3, 3]]))


def test_one_negative(t):
    """A single negative for each pair, and a single pair."""
    ask(t, *data(t, 8, 3, 6, 1))
    ask(t, *data(t, 8, 3, 1, 1))


def test_large_scores(t):
    """Scores of thousands, right and wrong, give finite results."""
    signs = np.array([1.0, -1.0, 1.0, -1.0, 1.0])
    a = np.stack([signs * (60 + 20 * t.rng.random(5)), t.rng.normal(size=5)], axis=1)
    b = np.stack([signs[::-1] * (50 + 10 * t.rng.random(5)), t.rng.normal(size=5)], axis=1)
    ask(t, a, b, np.array([0, 0, 1, 3]), np.array([1, 2, 2, 4]), np.array([[0, 1], [3, 4], [3, 4], [0, 2]]))


def test_confident_scores(t):
    """Confident and right costs next to nothing; confident and wrong costs as much as the score is large."""
    a, b = np.zeros((4, 2)), np.zeros((4, 2))
    a[0, 0], b[1, 0], b[2, 0] = 6.0, 7 + t.rng.random(), -7 - t.rng.random()
    ask(t, a, b, np.array([0]), np.array([1]), np.array([[2, 2]]), scale=1.0)
    ask(t, 2 * a, 5 * b, np.array([0]), np.array([2]), np.array([[1, 2]]))


def test_float32(t):
    """float32 tables, right to float32 precision."""
    a, b, *words = data(t, 10, 6, 8, 4)
    ask(t, a.astype(np.float32), b.astype(np.float32), *words)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed tables."""
    a, b, *words = data(t, 7, 4, 6, 3)
    for one, two in zip(t.layouts(a).values(), t.layouts(b).values(), strict=True):
        ask(t, one, two, *words)
