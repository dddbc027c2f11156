"""Oracle: picture by picture in float64 with the math module."""

import math

import numpy as np

NAME = "cosface_loss"


def cosine(x, w):
    dot = math.fsum(float(a) * float(b) for a, b in zip(x, w, strict=True))
    lengths = math.sqrt(math.fsum(float(a) ** 2 for a in x)) * math.sqrt(math.fsum(float(b) ** 2 for b in w))
    return dot / lengths


def expected(embeddings, weights, labels, scale=30.0, margin=0.35):
    losses = []
    for x, y in zip(embeddings, labels, strict=True):
        scores = [scale * (cosine(x, w) - (margin if j == y else 0.0)) for j, w in enumerate(weights)]
        top = max(scores)
        losses.append(top + math.log(math.fsum(math.exp(s - top) for s in scores)) - scores[y])
    return math.fsum(losses) / len(losses)


def vectors(t, n, d):
    """Random directions, lengths from 0.5 to 4."""
    x = t.rng.normal(size=(n, d))
    return x / np.linalg.norm(x, axis=1, keepdims=True) * t.rng.uniform(0.5, 4, size=(n, 1))


def make(t, n=6, c=5, d=4):
    return vectors(t, n, d), vectors(t, c, d), t.rng.integers(c, size=n)


def ask(t, *args, rtol=1e-5, **kwargs):
    got = t.call(NAME, *args, **kwargs)
    t.close(got, expected(*args, **kwargs), rtol=rtol, what="loss")
    single = args[0].dtype == np.float32
    t.check(single or getattr(got, "dtype", None) != np.float32, "the result is float32 although the data are float64")


def example_plane(t):
    """Two pictures and two people in the plane."""
    ask(t, np.array([[2.0, 0.5], [0.0, 3.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([0, 1]), scale=4.0)


def test_random(t):
    """Random vectors of several sizes."""
    for n, c, d in [(6, 5, 4), (1, 3, 2), (9, 2, 8), (4, 4, 4)]:
        ask(t, *make(t, n, c, d))
        ask(t, *make(t, n, c, d), scale=3.0)


def test_scale_and_margin(t):
    """Other scales and margins, by position and by name."""
    for scale, margin in [(1.0, 0.35), (10.0, 0.0), (64.0, 0.4), (5.0, 0.9), (8.0, 0.1)]:
        ask(t, *make(t), scale=scale, margin=margin)
        ask(t, *make(t), scale, margin)


def test_margin_counts(t):
    """Right pictures, whose loss comes from the margin."""
    _, w, _ = make(t, c=4)
    x = 2 * w + 0.01 * t.rng.normal(size=w.shape)
    for margin in (0.0, 0.35, 0.8):
        ask(t, x, w, np.arange(4), scale=2.0, margin=margin)


def test_wrong_pictures(t):
    """Pictures opposite to their person."""
    _, w, _ = make(t, c=4)
    ask(t, -3 * w, w, np.arange(4))
    ask(t, -3 * w, w, np.arange(4), scale=64.0)


def test_lengths_do_not_matter(t):
    """Only directions count."""
    x, w, labels = make(t)
    for a, b in [(1e3, 1.0), (1.0, 1e3), (0.1, 10.0), (10.0, 0.1), (0.1, 0.1)]:
        ask(t, a * x, b * w, labels, scale=6.0, rtol=1e-4)


def test_large_scale(t):
    """Scales beyond the range of exp."""
    for scale in (1e3, 1e4):
        x, w, labels = make(t)
        x[0] = -w[labels[0]]  # far from right, so that the loss is large
        ask(t, x, w, labels, scale=scale)


def test_labels(t):
    """All pictures of one person."""
    x, w, _ = make(t)
    for y in (0, 2, 4):
        ask(t, x, w, np.full(6, y), scale=5.0)


def test_float32(t):
    """float32 in, right to float32 precision."""
    x, w, labels = make(t)
    ask(t, x.astype(np.float32), w.astype(np.float32), labels, scale=5.0, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, w, labels = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, t.layouts(x)[name], t.layouts(w)[name], labels, scale=7.0)
