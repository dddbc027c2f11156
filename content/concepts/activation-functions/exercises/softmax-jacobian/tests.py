"""Oracles: the definition in float64 loops, finite differences, and a closed form for many classes."""

import numpy as np


def probabilities(z):
    rows = []
    for row in np.asarray(z, dtype=np.float64):
        e = np.exp(row - row.max())
        rows.append(e / e.sum())
    return np.array(rows)


def jacobian(z):
    p = probabilities(z)
    n, c = p.shape
    out = np.empty((n, c, c))
    for i in range(n):
        for j in range(c):
            for k in range(c):
                out[i, j, k] = p[i, j] * ((j == k) - p[i, k])
    return out


def backward(z, upstream):
    return np.einsum("njk,nj->nk", jacobian(z), np.asarray(upstream, dtype=np.float64))


def ask(t, z, upstream):
    t.close(t.call("softmax", z), probabilities(z), what="softmax(z)")
    t.close(t.call("softmax_jacobian", z), jacobian(z), what="softmax_jacobian(z)")
    t.close(t.call("softmax_backward", z, upstream), backward(z, upstream), scale=1.0, what="softmax_backward(...)")


def draw(t, n, c):
    return t.rng.normal(size=(n, c)), t.rng.normal(size=(n, c)) + 0.5


def example_two_classes(t):
    """The example of the statement."""
    ask(t, np.zeros((1, 2)), np.array([[1.0, 0.0]]))


def example_three_classes(t):
    """Two examples, three classes."""
    ask(t, np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 0.0]]), np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 1.0]]))


def test_softmax(t):
    """Probabilities of batches of several shapes."""
    for n, c in [(1, 3), (6, 4), (3, 9), (4, 4)]:
        z = 2 * draw(t, n, c)[0]
        t.close(t.call("softmax", z), probabilities(z))


def test_jacobian(t):
    """Jacobians of batches of several shapes."""
    for n, c in [(1, 3), (5, 4), (3, 7), (2, 2)]:
        z = draw(t, n, c)[0]
        t.close(t.call("softmax_jacobian", z), jacobian(z))


def test_jacobian_by_finite_differences(t):
    """The Jacobian agrees with finite differences."""
    z = draw(t, 2, 4)[0]
    want = np.zeros((2, 4, 4))
    for i in range(2):
        for j in range(4):
            want[i, j] = t.numeric_gradient(lambda v, i=i, j=j: probabilities(v)[i, j], z)[i]
    t.close(t.call("softmax_jacobian", z), want, rtol=1e-7)


def test_backward(t):
    """The backward pass of batches of several shapes."""
    for n, c in [(1, 4), (7, 3), (2, 6), (5, 5)]:
        z, g = draw(t, n, c)
        t.close(t.call("softmax_backward", z, g), backward(z, g))


def test_constant_upstream(t):
    """The same upstream gradient for all classes of a row gives 0."""
    z, g = draw(t, 4, 5)
    g = np.repeat(g[:, :1] + 2, 5, axis=1)
    t.close(t.call("softmax_backward", z, g), np.zeros((4, 5)), scale=1.0)


def test_large_logits(t):
    """Logits of several thousand, rows on different scales."""
    z, g = draw(t, 5, 4)
    z = z + np.array([[1e4], [-1e4], [0.0], [3e3], [-2e3]])
    z[2] *= 5e3
    ask(t, z, g)


def test_one_class(t):
    """A single class has probability 1 and no gradient."""
    z, g = draw(t, 3, 1)
    t.close(t.call("softmax", z), np.ones((3, 1)))
    t.close(t.call("softmax_jacobian", z), np.zeros((3, 1, 1)), scale=1.0)
    t.close(t.call("softmax_backward", z, g), np.zeros((3, 1)), scale=1.0)


def test_many_classes(t):
    """Thousands of classes in the backward pass."""
    z, g = draw(t, 24, 4000)
    p = probabilities(z)
    t.close(t.call("softmax_backward", z, g), p * g - p * (p * g).sum(axis=1)[:, None], rtol=1e-9)


def test_speed_of_backward(t):
    """The time of the backward pass does not grow with the square of the classes."""
    t.speed("softmax_backward", lambda: draw(t, 24, 4000), at_most=20)


def test_float32(t):
    """float32 in, right to float32 precision."""
    z, g = draw(t, 6, 5)
    ask(t, z.astype(np.float32), g.astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    z, g = draw(t, 4, 6)
    for a, b in zip(t.layouts(z).values(), t.layouts(g).values(), strict=True):
        ask(t, a, b)
