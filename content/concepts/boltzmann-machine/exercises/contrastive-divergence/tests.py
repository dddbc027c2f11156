"""Oracle: example by example and unit by unit in plain Python; uniforms keep away from the probabilities."""

import math

import numpy as np


def sigmoid(x):
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def hidden(v, w, c):
    return [sigmoid(c[j] + sum(v[i] * w[i][j] for i in range(len(v)))) for j in range(len(c))]


def shown(h, w, b):
    return [sigmoid(b[i] + sum(h[j] * w[i][j] for j in range(len(h)))) for i in range(len(b))]


def expected(visible, weights, b, c, hidden_u, visible_u):
    """The gradients, and how near a uniform came to its probability."""
    w, b, c = weights.astype(float).tolist(), b.astype(float).tolist(), c.astype(float).tolist()
    (n, d), m = visible.shape, len(c)
    dw, db, dc, near = np.zeros((d, m)), np.zeros(d), np.zeros(m), 1.0
    for r in range(n):
        v = v0 = [float(x) for x in visible[r]]
        for step in range(len(hidden_u)):
            q = hidden(v, w, c)
            near = min(near, *(abs(p - float(u)) for p, u in zip(q, hidden_u[step, r], strict=True)))
            h = [1.0 if u < p else 0.0 for p, u in zip(q, hidden_u[step, r], strict=True)]
            p_v = shown(h, w, b)
            near = min(near, *(abs(p - float(u)) for p, u in zip(p_v, visible_u[step, r], strict=True)))
            v = [1.0 if u < p else 0.0 for p, u in zip(p_v, visible_u[step, r], strict=True)]
        q0, qk = np.array(hidden(v0, w, c)), np.array(hidden(v, w, c))
        dw += (np.outer(v0, q0) - np.outer(v, qk)) / n
        db += (np.array(v0) - np.array(v)) / n
        dc += (q0 - qk) / n
    return (dw, db, dc), near


def ask(t, *args):
    want, _ = expected(*args)
    got = t.call("contrastive_divergence", *args)
    t.close(got, want, scale=1.0, what="(weight_gradient, visible_gradient, hidden_gradient)")


def data(t, n, d, m, k, scale=1.0):
    """A batch whose chain no rounding can change."""
    while True:
        v = (t.rng.random((n, d)) < 0.5).astype(float)
        w, b, c = scale * t.rng.normal(size=(d, m)), scale * t.rng.normal(size=d), scale * t.rng.normal(size=m)
        args = v, w, b, c, t.rng.random((k, n, m)), t.rng.random((k, n, d))
        if expected(*args)[1] > 1e-5:
            return args


def example_one_step(t):
    """Two examples, three visible and two hidden units, one step."""
    v = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 1.0]])
    w = np.array([[0.5, -1.0], [1.5, 0.3], [-0.7, 2.0]])
    h_u, v_u = np.array([[[0.3, 0.6], [0.8, 0.1]]]), np.array([[[0.2, 0.9, 0.5], [0.7, 0.4, 0.6]]])
    ask(t, v, w, np.array([0.1, -0.2, 0.0]), np.array([-0.5, 0.4]), h_u, v_u)


def test_one_step(t):
    """One Gibbs step on batches of several sizes."""
    for n, d, m in [(20, 6, 4), (15, 3, 7), (30, 5, 2)]:
        ask(t, *data(t, n, d, m, 1))


def test_several_steps(t):
    """Several Gibbs steps: the chain goes on from its own samples."""
    for k in (2, 3, 6):
        ask(t, *data(t, 20, 5, 3, k))


def test_one_example(t):
    """Batches of one."""
    for _ in range(12):
        ask(t, *data(t, 1, 5, 4, 2))


def test_as_many_hidden_as_visible_units(t):
    """Square weights."""
    ask(t, *data(t, 40, 4, 4, 3))


def test_biases(t):
    """Both biases matter; without weights they are all."""
    v, w, b, c, h_u, v_u = data(t, 25, 4, 3, 2, scale=1.5)
    ask(t, v, 0 * w, b, c, h_u, v_u)
    ask(t, v, w, 0 * b, c, h_u, v_u)
    ask(t, v, w, b, 0 * c, h_u, v_u)


def test_each_step_has_its_own_uniforms(t):
    """The chain follows the uniforms of each step, layer and example."""
    v, w, b, c, h_u, v_u = data(t, 20, 4, 3, 3)
    ask(t, v, w, b, c, h_u, v_u)
    ask(t, v, w, b, c, h_u[::-1].copy(), v_u)
    ask(t, v, w, b, c, h_u, v_u[:, ::-1].copy())


def test_certain_units(t):
    """Uniforms next to 0 and 1 switch units on and off."""
    v, w, b, c, h_u, v_u = data(t, 8, 4, 3, 1)
    on, off = 1e-12, 1 - 1e-12
    for x, y in [(on, off), (off, on), (on, on), (off, off)]:
        ask(t, v, w, b, c, np.full_like(h_u, x), np.full_like(v_u, y))


def test_uniforms_equal_to_the_probability(t):
    """A uniform of exactly the probability, here 0.5, leaves its unit off."""
    a, b = t.rng.uniform(5, 6, size=2), t.rng.normal(size=2)
    v, w = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 0.0]]), np.array([a, -a, b])
    for k in (1, 2):
        ask(t, v, w, np.zeros(3), np.zeros(2), np.full((k, 2, 2), 0.5), np.full((k, 2, 3), 0.5))


def test_large_activations(t):
    """Activations of thousands give probabilities of 0 and 1 and no NaN."""
    v, w, b, c, h_u, v_u = data(t, 20, 4, 3, 1)
    ask(t, v, 3e3 * np.sign(w) + w, 500 * b, 500 * c, h_u, v_u)


def test_the_mean_gradient(t):
    """Over all hidden and visible samples the average is the exact expectation of one step."""
    w, b, c = t.rng.normal(size=(2, 1)), t.rng.normal(size=2), t.rng.normal(size=1)
    side = 9
    grid = (np.arange(side) + 0.5 * t.rng.random()) / side
    u = np.stack(np.meshgrid(grid, grid, grid, indexing="ij"), axis=-1).reshape(-1, 3)
    v = np.tile([[1.0, 0.0]], (len(u), 1))
    ask(t, v, w, b, c, u[None, :, :1].copy(), u[None, :, 1:].copy())


def test_float32(t):
    """float32 data, right to float32 precision."""
    while True:
        args = [x.astype(np.float32) for x in data(t, 16, 5, 4, 2)]
        if expected(*args)[1] > 1e-4:
            break
    ask(t, *args)
