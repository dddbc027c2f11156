"""Oracle: triplet by triplet in float64, by the definition."""

import math

import numpy as np


def distance(a, b):
    a, b = (np.asarray(v, dtype=np.float64) / math.sqrt(sum(float(x) ** 2 for x in v)) for v in (a, b))
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))


def triplet(anchor, positive, negative, margin=0.2):
    rows = zip(anchor, positive, negative, strict=True)
    losses = [max(0.0, distance(a, p) - distance(a, n) + margin) for a, p, n in rows]
    return math.fsum(losses) / len(losses)


def batch_hard(embeddings, labels, margin=0.2):
    losses = []
    for i, a in enumerate(embeddings):
        same = [distance(a, b) for j, b in enumerate(embeddings) if j != i and labels[j] == labels[i]]
        other = [distance(a, b) for j, b in enumerate(embeddings) if labels[j] != labels[i]]
        if same and other:
            losses.append(max(0.0, max(same) - min(other) + margin))
    return math.fsum(losses) / len(losses) if losses else 0.0


def vectors(t, n, d):
    """Random directions, lengths from 0.5 to 4."""
    x = t.rng.normal(size=(n, d))
    return x / np.linalg.norm(x, axis=1, keepdims=True) * t.rng.uniform(0.5, 4, size=(n, 1))


def make(t, n=6, d=4):
    """Triplets of which the first is violated by far and the second fulfilled by far."""
    anchor, positive, negative = (vectors(t, n, d) for _ in range(3))
    positive[0] = -anchor[0] + 0.1 * t.rng.normal(size=d)
    negative[0] = 0.3 * anchor[0] + 0.02 * t.rng.normal(size=d)
    if n > 1:
        positive[1] = 2 * anchor[1] + 0.02 * t.rng.normal(size=d)
        negative[1] = -anchor[1] + 0.02 * t.rng.normal(size=d)
    return anchor, positive, negative


def right(t, got, want, data, rtol):
    """A tiny constant beside the lengths, as many add it, is let through; lower precision is not."""
    t.close(got, want, scale=1.0, rtol=rtol, what="loss")
    kind = getattr(got, "dtype", None)
    t.check(
        kind != np.float32 or got == 0 or data.dtype == np.float32,
        "the result is float32 although the data are float64",
    )


def ask(t, *args, rtol=1e-6, **kwargs):
    right(t, t.call("triplet_loss", *args, **kwargs), triplet(*args, **kwargs), args[0], rtol)


def ask_batch(t, *args, rtol=1e-6, **kwargs):
    right(t, t.call("batch_hard_triplet_loss", *args, **kwargs), batch_hard(*args, **kwargs), args[0], rtol)


def example_two_triplets(t):
    """Two triplets in the plane."""
    ask(t, np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([[1.0, 2.0], [3.0, 0.0]]))


def example_batch(t):
    """Four pictures of two people."""
    ask_batch(t, np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 0.5], [-1.0, 3.0]]), np.array([0, 0, 1, 1]))


def test_triplets(t):
    """Random triplets of several sizes."""
    for n, d in [(6, 4), (1, 3), (20, 8), (3, 3)]:
        ask(t, *make(t, n, d))


def test_margin(t):
    """Other margins, large and zero."""
    for margin in (0.0, 0.5, 1.0, 3.0):
        ask(t, *make(t), margin=margin)
        ask(t, *make(t), margin)


def test_easy_triplets(t):
    """Triplets that are right by the margin cost nothing, but count in the mean."""
    anchor = t.rng.normal(size=(4, 5))
    noise = t.rng.normal(size=(2, 4, 5)) * 1e-2
    ask(t, anchor, 3 * anchor + noise[0], -anchor + noise[1])
    hard = make(t, 1, 5)
    ask(t, *(np.vstack([a, b]) for a, b in zip(hard, (anchor, 3 * anchor, -anchor), strict=True)))


def test_lengths_do_not_matter(t):
    """Only directions count."""
    anchor, positive, negative = make(t)
    for a, b, c in [(1e-2, 1.0, 1e3), (1e4, 1e4, 1e4), (1e-2, 1e-2, 1e-2), (1.0, 7.0, 0.1)]:
        ask(t, a * anchor, b * positive, c * negative, rtol=1e-5)
    for size in (1e6, 1e7):  # a tiny constant beside such lengths is nothing: what remains is the precision
        ask(t, size * anchor, size * positive, size * negative, 4.0, rtol=1e-10)
        ask_batch(t, size * vectors(t, 9, 4), np.arange(9) % 3, 4.0, rtol=1e-10)


def test_batch(t):
    """The hardest triplets of random batches."""
    for n, people in [(8, 3), (12, 4), (7, 2)]:
        labels = t.rng.permutation(np.arange(n) % people)
        x = vectors(t, n, 4)
        ask_batch(t, x, labels)
        ask_batch(t, x, labels * 7 - 3, margin=1.0)
        ask_batch(t, x, labels, 0.5)


def test_separated_batch(t):
    """Well separated people, and anchors that cost nothing beside others that do."""
    centres = np.eye(4)[[0, 0, 0, 1, 1, 2, 2, 2]] * 3
    labels = np.array([4, 4, 4, 9, 9, 2, 2, 2])
    x = centres + t.rng.normal(size=centres.shape) * 0.05
    ask_batch(t, x, labels)
    x[0] = centres[3] + t.rng.normal(size=4) * 0.05  # the wrong place for one picture
    ask_batch(t, x, labels)


def test_rows_without_partner(t):
    """People with a single picture are no anchors, but negatives for others."""
    x, labels = t.rng.normal(size=(7, 4)), np.array([5, 1, 1, 8, 5, 1, 0])
    order = t.rng.permutation(7)
    ask_batch(t, x[order], labels[order])
    ask_batch(t, x[order], labels[order], margin=2.5)
    x[3] = x[1] + 0.01 * x[2]  # somebody seen once is the hardest negative
    ask_batch(t, x[order], labels[order])


def test_no_triplet(t):
    """A batch without a single triplet costs 0."""
    x = t.rng.normal(size=(5, 4))
    ask_batch(t, x, np.full(5, 3))
    ask_batch(t, x, np.arange(5))
    ask_batch(t, x[:1], np.array([2]))


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *(a.astype(np.float32) for a in make(t)), rtol=1e-4)
    ask_batch(t, t.rng.normal(size=(8, 4)).astype(np.float32), np.arange(8) % 3, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    arrays = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in arrays))
        ask_batch(t, t.layouts(arrays[0])[name], np.array([0, 1, 0, 1, 2, 2]))


def test_differentiable(t):
    """The loss carries its gradient where the framework has autograd."""
    arrays = make(t)
    ask(t, *arrays)
    if t.framework.value == "torch":
        got = t.gradients("triplet_loss", *arrays, wrt=(0, 1, 2))
        want = tuple(
            t.numeric_gradient(lambda a, k=k: triplet(*arrays[:k], a, *arrays[k + 1 :]), arrays[k]) for k in range(3)
        )
        t.close(got, want, rtol=1e-5, what="gradients")
