"""Oracle: the definition in float64 with the row's maximum taken out; the gradient by finite differences too."""

import numpy as np


def expected(logits, labels):
    wide = np.asarray(logits, dtype=np.float64)
    z = wide - wide.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    rows = np.arange(len(labels))
    one_hot = np.eye(wide.shape[1])[labels]
    return -log_p[rows, labels].mean(), (np.exp(log_p) - one_hot) / len(labels)


def ask(t, logits, labels):
    """A loss near 0 is a difference of larger numbers: its absolute error counts."""
    got = t.call("softmax_cross_entropy", logits, labels)
    t.close(got, expected(logits, labels), scale=1.0, what="(loss, gradient)")
    return got


def example_two_rows(t):
    """Two examples, three classes."""
    ask(t, np.array([[2.0, 1.0, 0.0], [0.5, 0.5, 3.0]]), np.array([0, 1]))


def test_random_batches(t):
    """Random logits of several shapes."""
    for n, c in [(1, 2), (5, 3), (16, 10), (3, 1)]:
        ask(t, t.rng.normal(size=(n, c)) * 3, t.rng.integers(c, size=n))


def test_gradient_is_that_of_the_loss(t):
    """The gradient agrees with finite differences of the loss."""
    logits, labels = t.rng.normal(size=(4, 5)), t.rng.integers(5, size=4)
    _, gradient = t.call("softmax_cross_entropy", logits, labels)
    t.close(gradient, t.numeric_gradient(lambda x: expected(x, labels)[0], logits), rtol=1e-7, what="gradient")


def test_large_logits(t):
    """Logits of several thousand give finite results."""
    logits = t.rng.choice([-1e4, -3e3, 0.0, 2e3, 1e4], size=(6, 4)) + t.rng.normal(size=(6, 4))
    ask(t, logits, t.rng.integers(4, size=6))


def test_confident_and_wrong(t):
    """A tiny probability keeps its logarithm."""
    logits = np.zeros((2, 3))
    logits[0, 0], logits[1, 2] = 900 + t.rng.random(), 60 + t.rng.random()
    ask(t, logits, np.array([1, 0]))


def test_rows_on_different_scales(t):
    """A row of very small logits beside one of very large ones."""
    ask(t, t.rng.normal(size=(3, 4)) + np.array([[-5e3], [0.0], [5e3]]), np.array([3, 0, 2]))


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, t.rng.normal(size=(8, 5)).astype(np.float32), t.rng.integers(5, size=8))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    logits, labels = t.rng.normal(size=(4, 6)), t.rng.integers(6, size=4)
    for array in t.layouts(logits).values():
        ask(t, array, labels)
