"""Oracles: finite differences of the loss in float64, and a chain rule written example by example with loops."""

import numpy as np

NAMES = ("x", "w1", "b1", "w2", "b2")


def loss_of(x, labels, w1, b1, w2, b2):
    s = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    top = s.max(axis=1)
    log_sum = top + np.log(np.exp(s - top[:, None]).sum(axis=1))
    return (log_sum - s[np.arange(len(labels)), labels]).mean()


def expected(x, labels, w1, b1, w2, b2):
    x, w1, b1, w2, b2 = (np.asarray(v, dtype=np.float64) for v in (x, w1, b1, w2, b2))
    grads = {name: np.zeros(v.shape) for name, v in zip(NAMES, (x, w1, b1, w2, b2), strict=True)}
    n = len(labels)
    for i in range(n):
        z = w1.T @ x[i] + b1
        s = w2.T @ np.where(z > 0, z, 0) + b2
        e = np.exp(s - s.max())
        ds = e / e.sum()
        ds[labels[i]] -= 1
        ds /= n
        dz = np.zeros(len(z))
        for k in range(len(z)):
            if z[k] > 0:
                grads["w2"][k] += z[k] * ds
                dz[k] = sum(w2[k, j] * ds[j] for j in range(len(s)))
                grads["w1"][:, k] += x[i] * dz[k]
                grads["x"][i] += w1[:, k] * dz[k]
        grads["b2"] += ds
        grads["b1"] += dz
    return loss_of(x, labels, w1, b1, w2, b2), grads


def data(t, n, d, h, c, scale=1.0):
    """Hidden units that are on for some examples and off for others, none near the kink."""
    while True:
        x, w1 = t.rng.normal(size=(n, d)), t.rng.normal(size=(d, h))
        b1, b2 = 0.3 * t.rng.normal(size=h), t.rng.normal(size=c)
        z = x @ w1 + b1
        if np.abs(z).min() > 1e-3 and (n == 1 or ((z > 0).mean() > 0.2 and (z < 0).mean() > 0.2)) and (z > 0).any():
            return x, t.rng.integers(c, size=n), w1, b1, scale * t.rng.normal(size=(h, c)), b2


def ask(t, *args, rtol=None, scale=1.0):
    """A loss near 0 is a difference of larger numbers: its absolute error counts."""
    got = t.call("loss_and_gradients", *args)
    t.close(got, expected(*args), rtol=rtol, scale=scale, what="(loss, gradients)")
    return got


def example_two_examples(t):
    """Two examples, three inputs, two hidden units, two classes."""
    x = np.array([[1.0, 2.0, -1.0], [0.5, -1.0, 2.0]])
    w1 = np.array([[0.5, -1.0], [1.0, 0.5], [-0.5, 1.0]])
    w2 = np.array([[1.0, -1.0], [-0.5, 2.0]])
    ask(t, x, np.array([0, 1]), w1, np.array([0.1, -0.2]), w2, np.array([0.0, 0.3]))


def test_loss(t):
    """The loss of random batches."""
    for n in (1, 4, 9):
        args = data(t, n, 3, 5, 4)
        t.close(t.call("loss_and_gradients", *args)[0], loss_of(*args), scale=1.0, what="loss")


def test_finite_differences(t):
    """Every gradient agrees with finite differences of the loss."""
    x, labels, *weights = data(t, 5, 3, 6, 4)
    arrays = [x, *weights]
    _, got = t.call("loss_and_gradients", x, labels, *weights)
    for k, name in enumerate(NAMES):

        def loss(v, k=k):
            a = [*arrays[:k], v, *arrays[k + 1 :]]
            return loss_of(a[0], labels, *a[1:])

        t.close(got[name], t.numeric_gradient(loss, arrays[k]), rtol=1e-7, scale=1.0, what=f"gradients[{name!r}]")


def test_random_shapes(t):
    """Batches, inputs, hidden units and classes of several sizes."""
    for n, d, h, c in [(7, 4, 5, 3), (3, 6, 8, 2), (12, 2, 3, 5), (4, 4, 4, 4)]:
        ask(t, *data(t, n, d, h, c))


def test_single_example(t):
    """A batch of one."""
    ask(t, *data(t, 1, 4, 6, 3))


def test_all_hidden_units_off(t):
    """No hidden unit is on: only the last bias has a gradient."""
    x, labels, w1, b1, w2, b2 = data(t, 4, 3, 5, 2)
    ask(t, x, labels, w1, b1 - 100, w2, b2)


def test_exactly_at_the_kink(t):
    """z is exactly 0 for some hidden units."""
    x, labels, w1, b1, w2, b2 = data(t, 4, 3, 5, 6)
    w1[:, 2], b1[2] = 0.0, 0.0
    x[1], b1[0] = 0.0, 0.0
    ask(t, x, labels, w1, b1, w2, b2)


def test_large_scores(t):
    """Scores of several thousand."""
    x, labels, w1, b1, w2, b2 = data(t, 6, 3, 5, 4, scale=4000.0)
    s = np.maximum(x @ w1 + b1, 0) @ w2 + b2
    labels = np.where(np.arange(6) % 2, s.argmax(axis=1), s.argmin(axis=1))
    ask(t, x, labels, w1, b1, w2, b2, rtol=1e-9, scale=None)


def test_float32(t):
    """float32 in, right to float32 precision."""
    x, labels, *weights = data(t, 8, 5, 7, 3)
    ask(t, x.astype(np.float32), labels, *(w.astype(np.float32) for w in weights), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, labels, w1, b1, w2, b2 = data(t, 5, 4, 6, 3)
    for array, weights in zip(t.layouts(x).values(), t.layouts(w1).values(), strict=True):
        ask(t, array, labels, weights, b1, w2, b2)
