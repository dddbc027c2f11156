"""Oracle: image by image, channel by channel and position by position in float64."""

import numpy as np


def raw(activations, gradients):
    a, g = np.asarray(activations, dtype=np.float64), np.asarray(gradients, dtype=np.float64)
    n, c, h, w = a.shape
    alpha, maps = np.zeros((n, c)), np.zeros((n, h, w))
    for i in range(n):
        for k in range(c):
            alpha[i, k] = sum(float(x) for x in g[i, k].flat) / (h * w)
            maps[i] += alpha[i, k] * a[i, k]
    return alpha, maps


def expected(activations, gradients):
    alpha, maps = raw(activations, gradients)
    for m in maps:
        m[m < 0] = 0
        if m.max() > 0:
            m /= m.max()
    return alpha, maps


def ask(t, a, g, rtol=1e-6):
    t.close(t.call("grad_cam", a, g), expected(a, g), rtol=rtol, what="(importance, maps)")


def data(t, n, c, h, w):
    """Activations of both signs; every map has positive and negative places."""
    while True:
        a, g = 2 * t.rng.normal(size=(n, c, h, w)), t.rng.normal(size=(n, c, h, w))
        g += 1.5 * t.rng.normal(size=(n, c, 1, 1))
        maps = raw(a, g)[1].reshape(n, -1)
        if np.all(maps.max(axis=1) > 0.3) and np.all(maps.min(axis=1) < -0.3):
            return a, g


def example_two_channels(t):
    """One image, two channels of two by two."""
    a = np.array([[[[1.0, 0.0], [2.0, 4.0]], [[3.0, 1.0], [0.0, 0.0]]]])
    g = np.array([[[[0.5, 0.5], [1.0, 0.0]], [[-1.0, 0.0], [0.0, 0.0]]]])
    ask(t, a, g)


def test_random_images(t):
    """Batches of several sizes, maps that are not square."""
    for sizes in [(3, 4, 5, 6), (1, 6, 4, 3), (5, 2, 2, 7)]:
        ask(t, *data(t, *sizes))


def test_all_sizes_equal(t):
    """As many images as channels as rows as columns."""
    ask(t, *data(t, 4, 4, 4, 4))


def test_after_a_relu(t):
    """Activations that are nowhere negative, as after a ReLU."""
    while True:
        a, g = data(t, 3, 4, 5, 6)
        a = np.maximum(a, 0)
        maps = raw(a, g)[1].reshape(3, -1)
        if np.all(maps.max(axis=1) > 0.3) and np.all(maps.min(axis=1) < -0.3):
            break
    ask(t, a, g)


def test_channels_cancel(t):
    """Evidence for and against the class cancels before anything is cut off."""
    a = 1 + t.rng.random((2, 2, 4, 3))
    g = np.ones((2, 2, 4, 3)) * np.array([1.0, -0.9])[None, :, None, None] * t.rng.uniform(1, 2, size=(2, 1, 1, 1))
    a[:, 0, 1, 1] = 6
    ask(t, a, g)


def test_nothing_positive(t):
    """A map without evidence for the class is 0 and not NaN."""
    a, g = np.abs(data(t, 3, 2, 4, 5)[0]), -np.abs(t.rng.normal(size=(3, 2, 4, 5)))
    ask(t, a, g)
    mixed_a, mixed_g = data(t, 3, 2, 4, 5)
    mixed_a[1], mixed_g[1] = a[1], g[1]
    ask(t, mixed_a, mixed_g)


def test_zero_gradients(t):
    """Gradients of zero give maps of zero."""
    a, g = data(t, 2, 3, 4, 5)
    ask(t, a, 0 * g)
    ask(t, 0 * a, g)


def test_each_image_has_its_own_scale(t):
    """Images of very different strength do not influence one another."""
    a, g = data(t, 3, 3, 4, 5)
    ask(t, a * np.array([1.0, 50.0, 1e4])[:, None, None, None], g)


def test_weak_evidence(t):
    """Maps whose largest value is far below 1 are scaled up to it."""
    a, g = data(t, 4, 3, 4, 5)
    largest = raw(a, g)[1].max(axis=(1, 2))
    ask(t, a * (t.rng.uniform(0.12, 0.5, size=4) / largest)[:, None, None, None], g)


def test_gradients_that_vary(t):
    """Only the mean of a channel's gradient counts, not where it is large."""
    a, g = data(t, 2, 3, 4, 5)
    order = t.rng.permutation(20)
    shuffled = g.reshape(2, 3, 20)[:, :, order].reshape(2, 3, 4, 5)
    ask(t, a, g)
    ask(t, a, shuffled)


def test_scaling_the_score(t):
    """Scaling all gradients scales the importance and leaves the maps."""
    a, g = data(t, 2, 3, 5, 4)
    ask(t, a, 7.5 * g)
    ask(t, 40 * a, g)


def test_one_position(t):
    """Maps of a single position, and a single channel."""
    ask(t, np.array([[[[2.0]], [[1.0]]], [[[1.0]], [[3.0]]]]), np.array([[[[1.0]], [[-0.5]]], [[[0.5]], [[-1.0]]]]))
    a, g = data(t, 3, 1, 4, 5)
    ask(t, a, g)


def test_float32(t):
    """float32 data, right to float32 precision."""
    ask(t, *(x.astype(np.float32) for x in data(t, 2, 4, 5, 3)), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    a, g = data(t, 2, 3, 4, 5)
    for one, two in zip(t.layouts(a).values(), t.layouts(g).values(), strict=True):
        ask(t, one, two)
