"""Oracle: gradients by sums over examples in float64; finite differences; the error and subspace of PCA."""

import numpy as np


def loss_of(x, e, d):
    c = x - x.mean(axis=0)
    return float(((c - c @ e @ d) ** 2).sum() / len(x))


def expected(x, encoder, decoder, rate, steps):
    x, e, d = (np.array(a, dtype=np.float64) for a in (x, encoder, decoder))
    mean, losses = x.mean(axis=0), []
    for _ in range(steps):
        losses.append(loss_of(x, e, d))
        ge, gd = np.zeros(e.shape), np.zeros(d.shape)
        for row in x - mean:
            code = row @ e
            error = 2 * (code @ d - row) / len(x)
            gd += np.outer(code, error)
            ge += np.outer(row, d @ error)
        e, d = e - rate * ge, d - rate * gd
    return e, d, np.array(losses)


def ask(t, *args):
    got = t.call("linear_autoencoder", *args)
    t.close(got, expected(*args), rtol=1e-9, what="(encoder, decoder, losses)")


def data(t, n, d, k):
    x = t.rng.normal(size=(n, d)) + t.rng.uniform(1, 2, size=d)
    return x, 0.5 * t.rng.normal(size=(d, k)), 0.5 * t.rng.normal(size=(k, d))


def example_one_step(t):
    """Three examples of two features, a code of one, a single step."""
    x = np.array([[1.0, 2.0], [3.0, 1.0], [2.0, 6.0]])
    ask(t, x, np.array([[0.5], [0.1]]), np.array([[0.2, 0.4]]), 0.1, 1)


def test_single_steps(t):
    """One step on random data of several sizes."""
    for n, d, k in [(7, 5, 2), (4, 3, 1), (12, 6, 4)]:
        ask(t, *data(t, n, d, k), 0.05, 1)


def test_step_follows_the_gradient(t):
    """The first step agrees with finite differences of the loss."""
    x, e, d = data(t, 6, 4, 2)
    got = t.call("linear_autoencoder", x, e, d, 0.1, 1)
    t.close(got[0], e - 0.1 * t.numeric_gradient(lambda w: loss_of(x, w, d), e), rtol=1e-7, what="encoder")
    t.close(got[1], d - 0.1 * t.numeric_gradient(lambda w: loss_of(x, e, w), d), rtol=1e-7, what="decoder")


def test_several_steps(t):
    """Several steps, with the loss before each."""
    for n, d, k, steps in [(8, 5, 2, 2), (10, 4, 3, 7), (9, 6, 1, 15)]:
        ask(t, *data(t, n, d, k), 0.02, steps)


def test_mean_does_not_matter(t):
    """Shifting the data changes nothing: they are centred."""
    x, e, d = data(t, 9, 4, 2)
    ask(t, x + 50 * t.rng.normal(size=4), e, d, 0.03, 5)
    before = t.call("linear_autoencoder", x, e, d, 0.03, 5)
    after = t.call("linear_autoencoder", x + np.array([5.0, -3.0, 8.0, 1.0]), e, d, 0.03, 5)
    t.close(after, tuple(np.asarray(a) for a in before), rtol=1e-9, what="(encoder, decoder, losses)")


def test_perfect_reconstruction_stays(t):
    """Where the error is 0 no weight moves."""
    x, *_ = data(t, 6, 3, 3)
    e = np.eye(3) + 0.2 * t.rng.normal(size=(3, 3))
    want = e, np.linalg.inv(e), np.zeros(4)
    got = t.call("linear_autoencoder", x, e, np.linalg.inv(e), 0.05, 4)
    t.close(got, want, rtol=1e-9, scale=1.0, what="(encoder, decoder, losses)")


def test_trained_to_the_end(t):
    """After many steps the loss is that of PCA and the decoder spans its subspace."""
    basis = np.linalg.qr(t.rng.normal(size=(6, 6)))[0]
    scores = np.linalg.qr(t.rng.normal(size=(40, 6)))[0]
    scores = scores - scores.mean(axis=0)
    x = np.linalg.qr(scores)[0] * np.sqrt(40 * np.array([2.0, 1.2, 0.4, 0.3, 0.25, 0.2])) @ basis.T
    x = x - x.mean(axis=0) + t.rng.normal(size=6)
    e, d = 0.3 * t.rng.normal(size=(6, 2)), 0.3 * t.rng.normal(size=(2, 6))
    want = expected_pca(x, 2)
    encoder, decoder, losses = t.call("linear_autoencoder", x, e, d, 0.05, 3000)
    t.close(np.asarray(losses)[-1], want[0], rtol=1e-6, what="last loss")
    q = np.linalg.qr(np.asarray(decoder, dtype=np.float64).T)[0]
    t.close(q @ q.T, want[1], rtol=1e-5, what="projection onto the decoder's subspace")
    t.close(np.asarray(encoder) @ np.asarray(decoder), want[1], rtol=1e-4, what="encoder @ decoder")


def expected_pca(x, k):
    values, vectors = np.linalg.eigh(np.cov(x.T, bias=True))
    top = vectors[:, -k:]
    return float(values[:-k].sum()), top @ top.T


def test_learning_rate_of_zero(t):
    """A learning rate of 0 leaves the weights and repeats the loss."""
    ask(t, *data(t, 5, 4, 2), 0.0, 3)


def test_float32(t):
    """float32 data, right to float32 precision."""
    x, e, d = (a.astype(np.float32) for a in data(t, 9, 5, 2))
    got = t.call("linear_autoencoder", x, e, d, 0.02, 6)
    t.close(got, expected(x, e, d, 0.02, 6), rtol=1e-4, what="(encoder, decoder, losses)")


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    arrays = data(t, 7, 4, 3)
    for x, e, d in zip(*(t.layouts(a).values() for a in arrays), strict=True):
        ask(t, x, e, d, 0.04, 3)
