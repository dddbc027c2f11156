"""Oracle: every pixel asked whether it lies in the box; the share by counting pixels."""

import math

import numpy as np


def expected(images, labels, n_classes, lam, centre, permutation):
    n, _, h, w = images.shape
    high, wide = math.floor(h * math.sqrt(1 - lam)), math.floor(w * math.sqrt(1 - lam))
    top, left = centre[0] - high // 2, centre[1] - wide // 2
    mixed, pasted = np.array(images), 0
    for r in range(h):
        for s in range(w):
            if top <= r < top + high and left <= s < left + wide:
                mixed[:, :, r, s] = images[permutation][:, :, r, s]
                pasted += 1
    targets = np.zeros((n, n_classes))
    for i in range(n):
        targets[i, labels[i]] += 1 - pasted / (h * w)
        targets[i, labels[permutation[i]]] += pasted / (h * w)
    return mixed, targets


def ask(t, images, labels, n_classes, lam, centre, permutation):
    got = t.call("cutmix", images, labels, n_classes, lam, centre, permutation)
    if not isinstance(got, tuple | list) or len(got) != 2:
        t.fail("return a pair (mixed, targets)", returned=got)
    mixed, targets = expected(images, labels, n_classes, lam, centre, permutation)
    t.close(got[0], mixed, what="mixed")
    t.close(got[1], targets, rtol=1e-6, what="targets")  # float32 targets beside float64 images are fine


def cycle(t, n):
    """A permutation that is one cycle, hence not its own inverse for n > 2."""
    order = t.rng.permutation(n)
    permutation = np.empty(n, dtype=int)
    permutation[order] = np.roll(order, 1)
    return permutation


def example_at_the_border(t):
    """Two 4 x 4 images, a box that is cut off above."""
    images = np.stack([np.zeros((1, 4, 4)), np.ones((1, 4, 4))])
    ask(t, images, np.array([0, 1]), 2, 0.75, (0, 2), np.array([1, 0]))


def test_inside(t):
    """A box that lies inside, even and odd."""
    for lam in (0.75, 0.6):
        images = t.rng.normal(size=(5, 3, 9, 12))
        ask(t, images, t.rng.permutation(5) % 4, 4, lam, (4, 7), cycle(t, 5))


def test_cut_off(t):
    """Boxes that are cut off on each side and in each corner."""
    for centre in ((0, 0), (0, 10), (7, 0), (7, 10), (3, 0), (3, 10), (0, 5), (7, 6), (1, 2)):
        images = t.rng.normal(size=(4, 2, 8, 11))
        ask(t, images, t.rng.permutation(4) % 3, 3, 0.5 + 0.02 * t.rng.random(), centre, cycle(t, 4))


def test_keep_everything(t):
    """A share of 1 changes nothing."""
    ask(t, t.rng.normal(size=(3, 2, 5, 4)), np.array([0, 1, 2]), 4, 1.0, (2, 3), cycle(t, 3))


def test_keep_nothing(t):
    """A share of 0 with the centre in the middle replaces the whole image."""
    for h, w in ((6, 4), (5, 7)):
        ask(t, t.rng.normal(size=(3, 2, h, w)), np.array([0, 1, 2]), 3, 0.0, (h // 2, w // 2), cycle(t, 3))
    ask(t, t.rng.normal(size=(3, 2, 6, 4)), np.array([0, 1, 2]), 3, 0.0, (1, 3), cycle(t, 3))


def test_rounded_area(t):
    """Small images, where the rounded box has another area than asked for."""
    for lam in (0.9, 0.7, 0.3):
        ask(t, t.rng.normal(size=(4, 1, 5, 3)), np.array([2, 0, 1, 2]), 3, lam, (2, 1), cycle(t, 4))


def test_same_label(t):
    """Partners of the same class keep a full target."""
    ask(t, t.rng.normal(size=(4, 2, 6, 5)), np.array([1, 1, 1, 1]), 3, 0.7, (3, 2), cycle(t, 4))


def test_one_image(t):
    """A batch of one."""
    ask(t, t.rng.normal(size=(1, 3, 6, 5)), np.array([1]), 4, 0.6, (5, 2), np.array([0]))


def test_float32(t):
    """float32 in, right to float32 precision."""
    images = t.rng.normal(size=(3, 2, 7, 5)).astype(np.float32)
    ask(t, images, np.array([0, 2, 1]), 3, 0.55, (6, 1), cycle(t, 3))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    permutation = cycle(t, 3)
    for array in t.layouts(t.rng.normal(size=(3, 2, 6, 7))).values():
        ask(t, array, np.array([0, 2, 1]), 5, 0.55, (0, 5), permutation)
