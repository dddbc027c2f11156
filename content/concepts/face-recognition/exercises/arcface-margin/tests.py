"""Oracle: entry by entry in float64 with the math module."""

import math

import numpy as np

NAME = "arcface_logits"
CHOICES = ("plain", "linear")


def cosine(x, w):
    dot = math.fsum(float(a) * float(b) for a, b in zip(x, w, strict=True))
    lengths = math.sqrt(math.fsum(float(a) ** 2 for a in x)) * math.sqrt(math.fsum(float(b) ** 2 for b in w))
    return min(1.0, max(-1.0, dot / lengths))


def expected(embeddings, weights, labels, scale=64.0, margin=0.5, beyond="plain"):
    out = np.zeros((len(embeddings), len(weights)))
    for i, j in np.ndindex(*out.shape):
        value = cosine(embeddings[i], weights[j])
        if j == labels[i]:
            theta = math.acos(value)
            linear = beyond == "linear" and theta + margin > math.pi
            value = value - margin * math.sin(margin) if linear else math.cos(theta + margin)
        out[i, j] = scale * value
    return out


def vectors(t, n, d):
    """Random directions, lengths from 0.5 to 4."""
    x = t.rng.normal(size=(n, d))
    return x / np.linalg.norm(x, axis=1, keepdims=True) * t.rng.uniform(0.5, 4, size=(n, 1))


def make(t, n=6, c=5, d=4):
    """No picture is nearly opposite to its person or nearly parallel."""
    w = vectors(t, c, d)
    labels = t.rng.integers(c, size=n)
    x = np.array([at_angle(t, w[y], t.rng.uniform(0.3, 1.5), t.rng.uniform(0.5, 4)) for y in labels])
    return x, w, labels


def at_angle(t, w, theta, length):
    """A vector at the angle theta to w."""
    unit = w / np.linalg.norm(w)
    across = t.rng.normal(size=len(w))
    across -= across @ unit * unit
    return length * (math.cos(theta) * unit + math.sin(theta) * across / np.linalg.norm(across))


def ask(t, *args, rtol=1e-6, **kwargs):
    got = t.call(NAME, *args, **kwargs)
    want = {c: expected(*args, **kwargs, beyond=c) for c in CHOICES}
    t.either(got, "beyond-pi", want, rtol=rtol, what="logits")
    single = args[0].dtype == np.float32
    t.check(single or got.dtype != np.float32, "the result is float32 although the data are float64")


def example_plane(t):
    """Two pictures and two people in the plane."""
    ask(t, np.array([[2.0, 0.5], [0.5, 3.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([0, 1]), scale=4.0)


def test_random(t):
    """Random vectors of several sizes."""
    for n, c, d in [(6, 5, 4), (1, 3, 2), (9, 2, 8), (4, 4, 4)]:
        ask(t, *make(t, n, c, d))


def test_scale_and_margin(t):
    """Other scales and margins, by position and by name."""
    for scale, margin in [(1.0, 0.5), (10.0, 0.0), (30.0, 0.2), (5.0, 1.2), (64.0, 0.35)]:
        ask(t, *make(t), scale=scale, margin=margin)
        ask(t, *make(t), scale, margin)


def test_obtuse_angles(t):
    """Pictures more than a right angle away from their person, but not beyond pi - m."""
    _, w, _ = make(t)
    x = np.array([at_angle(t, w[y], a, 1 + y) for y, a in enumerate(t.rng.uniform(1.7, 2.5, size=5))])
    ask(t, x, w, np.arange(5))
    ask(t, x, w, np.arange(5), margin=0.3)


def test_beyond_pi(t):
    """Pictures nearly opposite to their person."""
    _, w, _ = make(t)
    for margin in (0.5, 1.0):
        angles = t.rng.uniform(math.pi - 0.6 * margin, math.pi - 0.2 * margin, size=5)
        x = np.array([at_angle(t, w[y], a, 1 + y) for y, a in enumerate(angles)])
        ask(t, x, w, np.arange(5), margin=margin)


def test_parallel_and_opposite(t):
    """Pictures exactly along their person's vector, or opposite to it."""
    for d in (2, 3, 5, 8):
        _, w, _ = make(t, c=40, d=d)
        signs = np.where(np.arange(40) < 20, 1.0, -1.0) * t.rng.uniform(0.5, 3, size=40)
        ask(t, w * signs[:, None], w, np.arange(40), rtol=2e-3)
        ask(t, w * signs[:, None], w, np.arange(40), margin=0.3, rtol=2e-3)


def test_lengths_do_not_matter(t):
    """Only directions count."""
    x, w, labels = make(t)
    for a, b in [(1e3, 1.0), (1.0, 1e3), (0.1, 10.0), (10.0, 0.1), (0.1, 0.1)]:
        ask(t, a * x, b * w, labels, rtol=1e-5)
    ask(t, 1e6 * x, 1e6 * w, labels, rtol=1e-8)  # a tiny constant beside such lengths is nothing


def test_labels(t):
    """All pictures of one person."""
    _, w, _ = make(t)
    for y in (0, 2, 4):
        x = np.array([at_angle(t, w[y], a, 2.0) for a in t.rng.uniform(0.3, 2.4, size=6)])
        ask(t, x, w, np.full(6, y))


def test_float32(t):
    """float32 in, right to float32 precision."""
    x, w, labels = make(t)
    ask(t, x.astype(np.float32), w.astype(np.float32), labels, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, w, labels = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, t.layouts(x)[name], t.layouts(w)[name], labels)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    x, w, labels = make(t)
    ask(t, x, w, labels, 8.0)
    if t.framework.value == "torch":
        c = t.rng.normal(size=(6, 5))
        got = t.gradients(NAME, x, w, labels, 8.0, wrt=(0, 1), cotangent=c)
        want = (
            t.numeric_gradient(lambda a: float((c * expected(a, w, labels, 8.0)).sum()), x),
            t.numeric_gradient(lambda a: float((c * expected(x, a, labels, 8.0)).sum()), w),
        )
        t.close(got, want, rtol=1e-5, what="gradients")
