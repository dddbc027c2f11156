"""Oracle: the definition with Python lists, draw by draw."""

import math

import numpy as np


def expected(labels, u):
    members = {}
    for i, label in enumerate(labels.tolist()):
        members.setdefault(label, []).append(i)
    classes = sorted(members)
    probabilities = [1 / (len(classes) * len(members[label])) for label in labels.tolist()]
    indices = []
    for a, b in u.tolist():
        pool = members[classes[math.floor(a * len(classes))]]
        indices.append(pool[math.floor(b * len(pool))])
    return np.array(probabilities), np.array(indices)


def ask(t, labels, u):
    got = t.call("balanced_sampler", labels, u)
    if not isinstance(got, tuple | list) or len(got) != 2:
        t.fail("return a pair (probabilities, indices)", returned=got)
    probabilities, indices = expected(labels, u)
    t.close(got[0], probabilities, what="probabilities")
    t.equal(got[1], indices, what="indices")
    return got


def imbalanced(t, counts):
    """Shuffled, but with the largest label first and the smallest last: no class stands where it would sorted."""
    labels = t.rng.permutation(np.repeat(np.array(list(counts)), list(counts.values())))
    for place, label in ((0, max(counts)), (-1, min(counts))):
        there = np.flatnonzero(labels[1:-1] == label)[0] + 1 if labels[place] != label else place
        labels[[place, there]] = labels[[there, place]]
    return labels


def example_four_examples(t):
    """Three examples of class 5, one of class 2."""
    ask(t, np.array([5, 2, 5, 5]), np.array([[0.7, 0.4], [0.1, 0.9], [0.9, 0.99]]))


def test_two_classes(t):
    """A common and a rare class."""
    ask(t, imbalanced(t, {0: 37, 1: 5}), t.rng.random((200, 2)))


def test_several_classes(t):
    """Four classes of different sizes, many draws."""
    ask(t, imbalanced(t, {0: 17, 1: 3, 2: 29, 3: 8}), t.rng.random((400, 2)))


def test_any_integers(t):
    """Labels with gaps and below zero."""
    ask(t, imbalanced(t, {-4: 11, 3: 2, 100: 6}), t.rng.random((300, 2)))


def test_large_labels(t):
    """Labels as large as identifiers."""
    ask(t, imbalanced(t, {10**12 + 7: 4, 10**12: 9}), t.rng.random((60, 2)))


def test_every_class_equally_often(t):
    """Evenly spread draws meet every class equally often, and each member of a class."""
    labels = imbalanced(t, {1: 12, 2: 3, 7: 4})
    grid = (np.arange(36) + 0.5) / 36
    u = t.rng.permutation(np.array([(a, b) for a in grid for b in grid]))
    _, indices = ask(t, labels, u)
    counts = [int((labels[np.asarray(indices)] == c).sum()) for c in (1, 2, 7)]
    t.equal(counts, [432, 432, 432], what="draws per class")


def test_ends_of_the_unit_interval(t):
    """Draws of exactly 0, of a half and just below 1."""
    last = np.nextafter(1.0, 0.0)
    u = np.array([[a, b] for a in (0.0, 0.5, last) for b in (0.0, 0.5, last)])
    ask(t, imbalanced(t, {0: 8, 1: 4}), u)
    ask(t, imbalanced(t, {0: 6, 5: 7, 6: 2}), u)


def test_one_class_one_draw(t):
    """A single class, a single draw; and a single example."""
    ask(t, np.full(7, 3), t.rng.uniform(0.9, 0.95, size=(1, 2)))
    ask(t, np.array([9]), t.rng.random((4, 2)))


def test_more_draws_than_examples(t):
    """Draws are with replacement."""
    ask(t, imbalanced(t, {0: 3, 1: 2}), t.rng.random((50, 2)))
