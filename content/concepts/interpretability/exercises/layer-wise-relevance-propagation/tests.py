"""Oracle: example by example, connection by connection in float64; conservation; gradient times input."""

import itertools

import numpy as np


def forward(x, weights, biases):
    inputs, z = [], np.asarray(x, dtype=np.float64)
    for n, (w, b) in enumerate(zip(weights, biases, strict=True)):
        inputs.append(np.maximum(z, 0) if n else z)
        z = inputs[-1] @ np.asarray(w, dtype=np.float64) + np.asarray(b, dtype=np.float64)
    return inputs, z


def expected(x, weights, biases, target, epsilon=1e-6):
    relevance, scores = np.zeros(x.shape), forward(x, weights, biases)[1]
    for i in range(len(x)):
        inputs, out = forward(x[i : i + 1], weights, biases)
        r = [float(out[0, k]) if k == target[i] else 0.0 for k in range(out.shape[1])]
        for a, w, b in reversed(list(zip(inputs, weights, biases, strict=True))):
            below = [0.0] * w.shape[0]
            for k in range(w.shape[1]):
                z = float(sum(float(a[0, j]) * float(w[j, k]) for j in range(w.shape[0])) + float(b[k]))
                bottom = z + epsilon if z >= 0 else z - epsilon
                for j in range(w.shape[0]):
                    below[j] += float(a[0, j]) * float(w[j, k]) / bottom * r[k]
            r = below
        relevance[i] = r
    return relevance, scores


def ask(t, *args, rtol=1e-8, **kw):
    got = t.call("layer_wise_relevance_propagation", *args, **kw)
    t.close(got, expected(*args, **kw), rtol=rtol, what="(relevance, scores)")
    return got


def network(t, *sizes, bias=0.5):
    weights = [t.rng.normal(size=s) / np.sqrt(s[0]) for s in itertools.pairwise(sizes)]
    return weights, [bias * t.rng.normal(size=s) for s in sizes[1:]]


def data(t, n, *sizes, bias=0.5):
    """A batch and a network; hidden units are on and off, scores keep away from 0, the first target's is negative."""
    while True:
        weights, biases = network(t, *sizes, bias=bias)
        x, target = t.rng.normal(size=(n, sizes[0])), t.rng.integers(sizes[-1], size=n)
        inputs, scores = forward(x, weights, biases)
        target[0] = scores[0].argmin()
        alive = scores[0].min() < 0 and all(np.all(a.max(axis=1) > 0.05) for a in inputs[1:])
        if alive and np.abs(scores[np.arange(n), target]).min() > 0.1:
            return x, weights, biases, target


def example_one_hidden_layer(t):
    """Two inputs, two hidden units, two classes, no biases."""
    weights = [np.array([[1.0, -1.0], [2.0, 1.0]]), np.array([[1.0, 0.5], [-1.0, 2.0]])]
    ask(t, np.array([[1.0, 2.0]]), weights, [np.zeros(2), np.zeros(2)], np.array([0]))


def test_random_networks(t):
    """Networks of two and three layers with biases."""
    for sizes in [(4, 6, 3), (5, 3, 7, 2), (3, 8, 5, 4)]:
        ask(t, *data(t, 5, *sizes))


def test_one_layer(t):
    """A linear model: the relevance is input times weight, up to the bias's share."""
    ask(t, *data(t, 6, 4, 3))


def test_many_layers(t):
    """Five layers."""
    ask(t, *data(t, 3, 4, 6, 5, 6, 5, 3))


def test_large_epsilon(t):
    """A large stabiliser shows its sign and its place, by position and by name."""
    for epsilon in (0.05, 0.4, 2.0):
        args = data(t, 6, 4, 6, 5, 3)
        ask(t, *args, epsilon)
        ask(t, *args, epsilon=epsilon)


def test_negative_scores(t):
    """Target classes with negative scores."""
    while True:
        x, weights, biases, _ = data(t, 5, 4, 6, 3)
        scores = forward(x, weights, biases)[1]
        if np.all(scores.min(axis=1) < -0.1):
            break
    ask(t, x, weights, biases, scores.argmin(axis=1))
    ask(t, x, weights, biases, scores.argmin(axis=1), 0.3)


def test_conservation(t):
    """Without biases each example's relevance sums to its target's score."""
    x, weights, biases, target = data(t, 6, 5, 8, 6, 4, bias=0.0)
    relevance, scores = ask(t, x, weights, biases, target, 1e-10)
    want = np.asarray(scores, dtype=np.float64)[np.arange(6), target]
    t.close(np.asarray(relevance, dtype=np.float64).sum(axis=1), want, rtol=1e-6, what="sum of the relevance")


def test_gradient_times_input(t):
    """Without biases and with a vanishing epsilon the relevance is gradient times input."""
    while True:
        x, weights, biases, target = data(t, 1, 4, 6, 3, bias=0.0)
        if np.abs(x @ weights[0]).min() > 1e-3:
            break

    def score(v):
        return float(forward(v, weights, biases)[1][0, target[0]])

    relevance, _ = t.call("layer_wise_relevance_propagation", x, weights, biases, target, 1e-12)
    t.close(relevance, x * t.numeric_gradient(score, x), rtol=1e-5, what="relevance")


def test_biases_keep_their_share(t):
    """Large biases take their part of the relevance."""
    x, weights, biases, target = data(t, 5, 4, 6, 3, bias=2.0)
    relevance, scores = ask(t, x, weights, biases, target)
    lost = np.asarray(scores)[np.arange(5), target] - np.asarray(relevance).sum(axis=1)
    t.check(np.abs(lost).max() > 1e-3, "the biases' share must not reach the inputs", got=relevance)


def test_dead_units(t):
    """Inputs of zero, and pre-activations of exactly zero, bring no NaN."""
    x, weights, biases, target = data(t, 4, 4, 6, 3)
    weights[0][:, 2], biases[0][2] = 0.0, 0.0
    x[1, :2] = 0
    ask(t, x, weights, biases, target)
    ask(t, 0 * x, weights, [0 * b for b in biases], target)


def test_each_example_has_its_own_target(t):
    """Every class of one and the same input."""
    x, weights, biases, _ = data(t, 1, 4, 6, 3)
    ask(t, np.repeat(x, 3, axis=0), weights, biases, np.array([2, 0, 1]))


def test_equal_widths(t):
    """As many inputs as units as classes as examples."""
    ask(t, *data(t, 4, 4, 4, 4))


def test_float32(t):
    """float32 data, right to float32 precision."""
    x, weights, biases, target = data(t, 4, 4, 6, 3)
    as32 = [[v.astype(np.float32) for v in vs] for vs in (weights, biases)]
    ask(t, x.astype(np.float32), *as32, target, 0.1, rtol=1e-3)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed inputs."""
    x, weights, biases, target = data(t, 5, 4, 6, 3)
    for array in t.layouts(x).values():
        ask(t, array, weights, biases, target)
