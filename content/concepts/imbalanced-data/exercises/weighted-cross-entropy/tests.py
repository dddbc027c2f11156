"""Oracle: the definition example by example in float64; the gradient of it by finite differences too."""

import numpy as np


def log_softmax(row):
    z = np.asarray(row, dtype=np.float64) - np.max(row)
    return z - np.log(np.sum(np.exp(z)))


def expected(logits, labels, weights):
    n, c = logits.shape
    loss, gradient, total = 0.0, np.zeros((n, c)), 0.0
    for i in range(n):
        w, log_p = float(weights[labels[i]]), log_softmax(logits[i])
        loss -= w * log_p[labels[i]]
        total += w
        for j in range(c):
            gradient[i, j] = w * (np.exp(log_p[j]) - (j == labels[i]))
    return {"weights": (loss / total, gradient / total), "examples": (loss / n, gradient / n)}


def ask(t, logits, labels, weights):
    got = t.call("weighted_cross_entropy", logits, labels, weights)
    wanted = expected(logits, labels, weights)
    if not isinstance(got, tuple | list) or len(got) != 2:
        t.fail("return a pair (loss, gradient)", returned=got)
    return t.either(got, "denominator", wanted, what="(loss, gradient)")


def example_two_examples(t):
    """Equal logits, weights 1 and 3."""
    ask(t, np.zeros((2, 2)), np.array([0, 1]), np.array([1.0, 3.0]))


def test_random_batches(t):
    """Random logits and weights of several shapes."""
    for n, c in [(2, 3), (7, 4), (12, 5)]:
        labels = t.rng.integers(c, size=n)
        labels[:2] = [0, c - 1]
        ask(t, t.rng.normal(size=(n, c)) * 2, labels, t.rng.uniform(1.5, 9.0, size=c))


def test_one_example(t):
    """A batch of one."""
    ask(t, t.rng.normal(size=(1, 4)), np.array([2]), np.array([0.5, 3.0, 7.0, 2.0]) + t.rng.random(4))


def test_imbalanced(t):
    """Ninety-five examples of one class, five of the other."""
    labels = np.array([0] * 95 + [1] * 5)
    ask(t, t.rng.normal(size=(100, 2)), t.rng.permutation(labels), np.array([0.1, 8.0 + t.rng.random()]))


def test_zero_weight(t):
    """A class of weight 0 counts for nothing."""
    labels = np.array([0, 2, 1, 2, 0])
    ask(t, t.rng.normal(size=(5, 3)), labels, np.array([0.0, 2.0, 5.0]))


def test_gradient_is_that_of_the_loss(t):
    """The gradient agrees with finite differences of the loss."""
    logits, labels, weights = t.rng.normal(size=(4, 3)), np.array([2, 0, 1, 2]), t.rng.uniform(2, 6, size=3)
    choice = ask(t, logits, labels, weights)
    _, gradient = t.call("weighted_cross_entropy", logits, labels, weights)
    numeric = t.numeric_gradient(lambda x: expected(x, labels, weights)[choice][0], logits)
    t.close(gradient, numeric, rtol=1e-7, what="gradient")


def test_large_logits(t):
    """Logits of several thousand give finite results."""
    base = np.array([[1e4, 0.0, -1e4], [-3e3, 2e3, 0.0], [0.0, 0.0, -1e4], [-1e4, -1e4, -9990.0]])
    ask(t, base + t.rng.normal(size=base.shape), np.array([2, 0, 1, 0]), np.array([1.5, 4.0, 9.0]))


def test_rows_on_different_scales(t):
    """A row of very small logits beside one of very large ones."""
    logits = t.rng.normal(size=(3, 4)) + np.array([[-5e3], [0.0], [5e3]])
    ask(t, logits, np.array([3, 0, 2]), np.array([2.0, 1.0, 6.0, 4.0]))


def test_float32(t):
    """float32 in, right to float32 precision."""
    logits, weights = t.rng.normal(size=(8, 5)), t.rng.uniform(1, 5, size=5)
    ask(t, logits.astype(np.float32), t.rng.integers(5, size=8), weights.astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    logits, labels, weights = t.rng.normal(size=(4, 6)), np.array([5, 0, 3, 3]), t.rng.uniform(2, 5, size=6)
    for array in t.layouts(logits).values():
        ask(t, array, labels, weights)
