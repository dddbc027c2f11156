"""Oracle: example by example, weights added up in the targets."""

import numpy as np


def expected(inputs, labels, n_classes, lam, permutation):
    mixed = np.zeros(inputs.shape)
    targets = np.zeros((len(labels), n_classes))
    for i, partner in enumerate(permutation):
        share = float(lam[i])
        mixed[i] = share * inputs[i].astype(np.float64) + (1 - share) * inputs[partner].astype(np.float64)
        targets[i, labels[i]] += share
        targets[i, labels[partner]] += 1 - share
    return mixed, targets


def ask(t, inputs, labels, n_classes, lam, permutation):
    got = t.call("mixup", inputs, labels, n_classes, lam, permutation)
    if not isinstance(got, tuple | list) or len(got) != 2:
        t.fail("return a pair (mixed, targets)", returned=got)
    mixed, targets = expected(inputs, labels, n_classes, lam, permutation)
    t.close(got[0], mixed, what="mixed")
    t.close(got[1], targets, rtol=1e-6, what="targets")  # float32 targets beside float64 inputs are fine


def partners(t, n, n_classes):
    """Labels, and a permutation that is one cycle (so not its own inverse) in which partners have different labels."""
    order = t.rng.permutation(n)
    labels, permutation = np.empty(n, dtype=int), np.empty(n, dtype=int)
    labels[order] = np.arange(n) % n_classes
    permutation[order] = np.roll(order, 1)
    return labels, permutation


def example_two_examples(t):
    """Two examples with two features, mixed with each other."""
    ask(t, np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([0, 2]), 3, np.array([0.75, 0.5]), np.array([1, 0]))


def test_features(t):
    """A table of features."""
    labels, permutation = partners(t, 7, 4)
    ask(t, t.rng.normal(size=(7, 5)), labels, 4, t.rng.uniform(0.1, 0.4, size=7), permutation)


def test_images(t):
    """Images with channels."""
    labels, permutation = partners(t, 5, 3)
    ask(t, t.rng.normal(size=(5, 3, 4, 6)), labels, 3, t.rng.uniform(0.6, 0.9, size=5), permutation)


def test_square_shapes(t):
    """A batch as large as the images are wide, and as large as the number of classes."""
    labels, permutation = partners(t, 4, 4)
    ask(t, t.rng.normal(size=(4, 4, 4, 4)), labels, 4, np.array([0.1, 0.3, 0.6, 0.9]), permutation)


def test_other_dimensions(t):
    """Inputs of three and of five dimensions."""
    labels, permutation = partners(t, 6, 4)
    ask(t, t.rng.normal(size=(6, 4, 3)), labels, 4, t.rng.uniform(0.1, 0.4, size=6), permutation)
    labels, permutation = partners(t, 3, 3)
    ask(t, t.rng.normal(size=(3, 2, 2, 4, 5)), labels, 3, np.array([0.1, 0.3, 0.7]), permutation)


def test_extreme_shares(t):
    """Shares of exactly 0 and 1."""
    labels, permutation = partners(t, 5, 5)
    ask(t, t.rng.normal(size=(5, 3)), labels, 6, np.array([0.0, 1.0, 0.0, 1.0, 0.5]), permutation)


def test_same_label(t):
    """Partners of the same class keep a full target."""
    _, permutation = partners(t, 4, 2)
    ask(t, t.rng.normal(size=(4, 3)), np.full(4, 2), 3, t.rng.uniform(0.1, 0.4, size=4), permutation)


def test_partner_is_itself(t):
    """A batch of one, and a permutation that moves nothing."""
    ask(t, t.rng.normal(size=(1, 3, 2, 2)), np.array([1]), 2, np.array([0.3]), np.array([0]))
    ask(t, t.rng.normal(size=(3, 4)), np.array([1, 0, 2]), 3, np.array([0.3, 0.6, 0.8]), np.arange(3))


def test_float32(t):
    """float32 in, right to float32 precision."""
    labels, permutation = partners(t, 4, 4)
    lam = t.rng.uniform(0.1, 0.4, size=4).astype(np.float32)
    ask(t, t.rng.normal(size=(4, 2, 3)).astype(np.float32), labels, 4, lam, permutation)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    labels, permutation = partners(t, 4, 4)
    lam = t.rng.uniform(0.1, 0.4, size=4)
    for array in t.layouts(t.rng.normal(size=(4, 6))).values():
        ask(t, array, labels, 4, lam, permutation)
