"""Oracles: the two sums in float64 loops; at the kink only that the gradient is a subgradient."""

import numpy as np


def binary(scores, labels, margin=1.0):
    n = len(labels)
    loss, grad = 0.0, np.zeros(n)
    for i in range(n):
        slack = margin - int(labels[i]) * float(scores[i])
        if slack > 0:
            loss += slack / n
            grad[i] = -int(labels[i]) / n
    return loss, grad


def several(scores, labels, margin=1.0):
    n, c = scores.shape
    loss, grad = 0.0, np.zeros((n, c))
    for i in range(n):
        y = labels[i]
        for j in range(c):
            slack = margin + float(scores[i, j]) - float(scores[i, y])
            if j != y and slack > 0:
                loss += slack / n
                grad[i, j] += 1 / n
                grad[i, y] -= 1 / n
    return loss, grad


def ask(t, name, scores, labels, *, scale=None, **margin):
    want = {"hinge_loss": binary, "multiclass_hinge_loss": several}[name](scores, labels, **margin)
    t.close(t.call(name, scores, labels, **margin), want, scale=scale, what="(loss, gradient)")


def binary_data(t, n, margin=1.0):
    """Some examples violate the margin and some do not, of both labels and on both sides of 0; none at a kink."""
    labels = np.where(np.arange(n) % 2, 1, -1)
    slack = margin * t.rng.uniform(0.05, 0.9, size=n) * np.array([1, 1, -3, -3, 1, 1, 2.5, 2.5])[np.arange(n) % 8]
    order = t.rng.permutation(n)
    return (labels * (margin - slack))[order], labels[order]


def class_data(t, n, c, margin=1.0):
    """Rows with none, one and several violations, none at a kink."""
    while True:
        labels = t.rng.integers(c, size=n)
        scores = margin * t.rng.normal(size=(n, c))
        scores[np.arange(n), labels] += margin * np.array([0.0, 1.0, 8.0, -3.0])[np.arange(n) % 4]
        slack = margin + scores - scores[np.arange(n), labels][:, None]
        if np.abs(slack).min() > 1e-3 * margin:
            return scores, labels


def example_two_classes(t):
    """The example of the statement."""
    ask(t, "hinge_loss", np.array([2.0, 0.5, -1.0]), np.array([1, 1, 1]))


def example_three_classes(t):
    """Two examples, three classes."""
    ask(t, "multiclass_hinge_loss", np.array([[2.0, 1.5, -1.0], [0.0, 3.0, 2.5]]), np.array([0, 2]))


def test_two_classes(t):
    """Two classes, batches of several sizes."""
    for n in (8, 13, 24):
        ask(t, "hinge_loss", *binary_data(t, n))


def test_two_classes_other_margins(t):
    """Two classes with other margins."""
    for margin in (0.3, 2.5):
        ask(t, "hinge_loss", *binary_data(t, 11, margin), margin=margin)


def test_two_classes_single(t):
    """One example: violated, satisfied and wrong."""
    for score in (0.5, 3.0, -2.0):
        for label in (1, -1):
            ask(t, "hinge_loss", np.array([score + 0.1 * t.rng.random()]), np.array([label]))


def test_two_classes_at_the_kink(t):
    """Scores exactly at the margin: the loss is exact and the gradient a subgradient."""
    labels = np.array([1, -1, 1, -1, 1])
    scores = np.array([1.0, -1.0, 0.25, 2.0, 3.0])
    loss, gradient = t.call("hinge_loss", scores, labels)
    t.close(loss, binary(scores, labels)[0], what="loss")
    t.close(gradient[2:], np.asarray(binary(scores, labels)[1][2:]), what="gradient[2:]")
    kink = -np.asarray(gradient)[:2] * labels[:2] * 5
    t.check(((kink >= -1e-9) & (kink <= 1 + 1e-9)).all(), "at the kink the gradient is no subgradient", got=gradient)


def test_many_classes(t):
    """Many classes, batches of several sizes."""
    for n, c in [(8, 3), (5, 7), (12, 4), (6, 2), (4, 10)]:
        ask(t, "multiclass_hinge_loss", *class_data(t, n, c))


def test_many_classes_other_margins(t):
    """Many classes with other margins."""
    for margin in (0.2, 3.0):
        ask(t, "multiclass_hinge_loss", *class_data(t, 9, 4, margin), margin=margin)


def test_many_classes_single(t):
    """A batch of one, for each right class."""
    for label in range(4):
        scores = class_data(t, 4, 4)[0][3:]
        ask(t, "multiclass_hinge_loss", scores, np.array([label]))


def test_far_beyond_the_margin(t):
    """Everything classified with room to spare: loss and gradient are 0."""
    labels = t.rng.integers(5, size=6)
    ask(t, "multiclass_hinge_loss", 50 * np.eye(5)[labels] + t.rng.normal(size=(6, 5)), labels)
    signs = np.where(np.arange(6) % 2, 1, -1)
    ask(t, "hinge_loss", signs * t.rng.uniform(2, 9, size=6), signs)


def test_many_classes_at_the_kink(t):
    """Equal scores with margin 0, and scores exactly at the margin: the gradient is a subgradient."""
    labels = np.array([1, 0])
    scores = np.array([[1.0, 2.0, 4.0], [3.0, 2.0, -1.0]])  # slacks 0 and 3; 0 and below
    loss, gradient = t.call("multiclass_hinge_loss", scores, labels)
    t.close(loss, 1.5, what="loss")
    g = 2 * np.asarray(gradient, dtype=np.float64)
    t.close(g[0, 2], 1.0, what="2 * gradient[0, 2]")
    t.close(g[1, 2], 0.0, scale=1.0, what="2 * gradient[1, 2]")
    t.close(g.sum(axis=1).tolist(), [0.0, 0.0], scale=1.0, what="sum of the gradient over classes")
    at = np.array([g[0, 0], g[1, 1]])
    t.check(((at >= -1e-9) & (at <= 1 + 1e-9)).all(), "at the kink the gradient is no subgradient", got=gradient)


def test_barely_violated(t):
    """Scores that violate the margin by very little: small losses, and gradients as large as ever."""
    for gap in (1e-4, 1e-6):
        labels, slack = np.array([1, -1, 1]), gap * np.array([1, -1, 2])
        ask(t, "hinge_loss", labels * (1 - slack), labels, scale=1.0)
        scores = np.array([[2.0, 1 + gap, 1 - gap], [0.5 + gap, -3.0, 1.5]])
        ask(t, "multiclass_hinge_loss", scores, np.array([0, 2]), scale=1.0)


def test_float32(t):
    """float32 in, right to float32 precision."""
    scores, labels = class_data(t, 8, 5)
    ask(t, "multiclass_hinge_loss", scores.astype(np.float32), labels)
    scores, labels = binary_data(t, 9)
    ask(t, "hinge_loss", scores.astype(np.float32), labels)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    scores, labels = class_data(t, 6, 4)
    for array in t.layouts(scores).values():
        ask(t, "multiclass_hinge_loss", array, labels)
