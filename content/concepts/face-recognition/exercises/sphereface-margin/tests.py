"""Oracle: entry by entry in float64 with the math module; the pieces of psi by counting."""

import math

import numpy as np

NAME = "sphereface_logits"


def cosine(x, w):
    dot = math.fsum(float(a) * float(b) for a, b in zip(x, w, strict=True))
    lengths = math.sqrt(math.fsum(float(a) ** 2 for a in x)) * math.sqrt(math.fsum(float(b) ** 2 for b in w))
    return min(1.0, max(-1.0, dot / lengths))


def psi(theta, m):
    k = 0
    while k < m - 1 and theta > (k + 1) * math.pi / m:
        k += 1
    return (-1) ** k * math.cos(m * theta) - 2 * k


def expected(embeddings, weights, labels, m=4):
    out = np.zeros((len(embeddings), len(weights)))
    for i, j in np.ndindex(*out.shape):
        value = cosine(embeddings[i], weights[j])
        length = math.sqrt(math.fsum(float(a) ** 2 for a in embeddings[i]))
        out[i, j] = length * (psi(math.acos(value), m) if j == labels[i] else value)
    return out


def vectors(t, n, d):
    """Random directions, lengths from 0.5 to 4."""
    x = t.rng.normal(size=(n, d))
    return x / np.linalg.norm(x, axis=1, keepdims=True) * t.rng.uniform(0.5, 4, size=(n, 1))


def make(t, n=6, c=5, d=4):
    return vectors(t, n, d), vectors(t, c, d), t.rng.integers(c, size=n)


def at_angle(t, w, theta, length):
    """A vector at the angle theta to w."""
    unit = w / np.linalg.norm(w)
    across = t.rng.normal(size=len(w))
    across -= across @ unit * unit
    return length * (math.cos(theta) * unit + math.sin(theta) * across / np.linalg.norm(across))


def ask(t, *args, rtol=1e-6, **kwargs):
    got = t.call(NAME, *args, **kwargs)
    t.close(got, expected(*args, **kwargs), rtol=rtol, what="logits")
    single = args[0].dtype == np.float32
    t.check(single or got.dtype != np.float32, "the result is float32 although the data are float64")


def example_plane(t):
    """Two pictures and two people in the plane."""
    ask(t, np.array([[2.0, 0.5], [0.0, 3.0]]), np.array([[1.0, 0.0], [1.0, 1.0]]), np.array([0, 1]))


def test_random(t):
    """Random vectors of several sizes."""
    for n, c, d in [(6, 5, 4), (1, 3, 2), (9, 2, 8), (4, 4, 4)]:
        ask(t, *make(t, n, c, d))


def test_every_piece(t):
    """Angles in every piece of psi."""
    _, w, _ = make(t)
    for m in (2, 3, 4, 5):
        angles = [(k + t.rng.uniform(0.15, 0.85)) * math.pi / m for k in range(m)]
        x = np.array([at_angle(t, w[k % 5], a, 1 + k) for k, a in enumerate(angles)])
        ask(t, x, w, np.arange(m) % 5, m=m)


def test_other_m(t):
    """Other values of m, by position and by name; 1 is no margin."""
    for m in (1, 2, 3, 6):
        ask(t, *make(t), m=m)
        ask(t, *make(t), m)


def test_where_pieces_meet(t):
    """Angles at the ends of the pieces."""
    _, w, _ = make(t)
    for m in (2, 3, 4):
        x = np.array([at_angle(t, w[0], k * math.pi / m, 2.0) for k in range(1, m)])
        ask(t, x, w, np.zeros(m - 1, dtype=int), m=m)


def test_parallel_and_opposite(t):
    """Pictures exactly along their person's vector, or opposite to it."""
    for d in (2, 3, 5, 8):
        _, w, _ = make(t, c=40, d=d)
        signs = np.where(np.arange(40) < 20, 1.0, -1.0) * t.rng.uniform(0.5, 3, size=40)
        ask(t, w * signs[:, None], w, np.arange(40), rtol=1e-4)
        ask(t, w * signs[:, None], w, np.arange(40), m=3, rtol=1e-4)


def test_lengths(t):
    """Long embeddings stay long, long weights do not matter."""
    x, w, labels = make(t)
    for a, b in [(100.0, 1.0), (1.0, 100.0), (0.1, 10.0), (10.0, 0.1)]:
        ask(t, a * x, b * w, labels)


def test_labels(t):
    """All pictures of one person, and the last person."""
    x, w, _ = make(t)
    for y in (0, 2, 4):
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
