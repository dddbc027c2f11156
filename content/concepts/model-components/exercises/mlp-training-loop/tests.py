"""Oracle: the same loop in float64, gradients summed example by example; one step by finite differences."""

import numpy as np


def loss_of_one(p, xi, yi):
    s = np.tanh(xi @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
    return s.max() + np.log(np.exp(s - s.max()).sum()) - s[yi]


def expected(params, x, labels, epochs, learning_rate):
    p = {k: np.array(v, dtype=np.float64) for k, v in params.items()}
    x = np.asarray(x, dtype=np.float64)
    losses = []
    for batches in epochs:
        seen = []
        for batch in batches:
            g = {k: np.zeros(v.shape) for k, v in p.items()}
            for i in batch:
                seen.append(loss_of_one(p, x[i], labels[i]))
                h = np.tanh(x[i] @ p["w1"] + p["b1"])
                s = h @ p["w2"] + p["b2"]
                delta = np.exp(s - s.max())
                delta /= delta.sum()
                delta[labels[i]] -= 1
                inner = p["w2"].dot(delta) / np.cosh(x[i] @ p["w1"] + p["b1"]) ** 2
                for name, value in (
                    ("w2", np.outer(h, delta)),
                    ("b2", delta),
                    ("w1", np.outer(x[i], inner)),
                    ("b1", inner),
                ):
                    g[name] += value / len(batch)
            p = {k: p[k] - learning_rate * g[k] for k in p}
        losses.append(sum(seen) / len(seen))
    return p, losses


def network(t, d, h, c, scale=1.0):
    return {
        "w1": t.rng.normal(size=(d, h)),
        "b1": 0.5 * t.rng.normal(size=h),
        "w2": scale * t.rng.normal(size=(h, c)),
        "b2": 0.5 * t.rng.normal(size=c),
    }


def cut(t, n, size):
    """One epoch: all examples, shuffled, in batches of `size`, the last one smaller."""
    order = t.rng.permutation(n)
    return [order[k : k + size] for k in range(0, n, size)]


def ask(t, params, x, labels, epochs, rate, rtol=1e-9):
    got = t.call("train", params, x, labels, epochs, rate)
    t.close(got, expected(params, x, labels, epochs, rate), rtol=rtol, what="(trained, losses)")
    return got


def example_one_epoch(t):
    """Three examples in two batches."""
    params = {
        "w1": np.array([[0.5, -1.0], [1.0, 0.5]]),
        "b1": np.array([0.0, 0.1]),
        "w2": np.array([[1.0, -1.0, 0.5], [-0.5, 2.0, 0.0]]),
        "b2": np.array([0.0, 0.3, -0.1]),
    }
    x = np.array([[1.0, 2.0], [0.5, -1.0], [-1.0, 0.5]])
    ask(t, params, x, np.array([0, 2, 1]), [[np.array([2, 0]), np.array([1])]], 0.5)


def test_one_step_by_finite_differences(t):
    """One step on one batch moves every parameter against the finite-difference gradient."""
    params, x, labels = network(t, 3, 5, 4), t.rng.normal(size=(6, 3)), t.rng.integers(4, size=6)
    trained, _ = t.call("train", params, x, labels, [[np.arange(6)]], 1.0)
    for name, value in params.items():

        def loss(v, name=name):
            return np.mean([loss_of_one({**params, name: v}, a, b) for a, b in zip(x, labels, strict=True)])

        want = value - t.numeric_gradient(loss, value)
        t.close(trained[name], want, rtol=1e-7, scale=1.0, what=f"trained[{name!r}]")


def test_several_epochs(t):
    """Several epochs of batches of equal size."""
    params, x, labels = network(t, 4, 6, 3), t.rng.normal(size=(12, 4)), t.rng.integers(3, size=12)
    ask(t, params, x, labels, [cut(t, 12, 4) for _ in range(4)], 0.3)


def test_last_batch_smaller(t):
    """Batches of different sizes."""
    for n, size in [(7, 4), (10, 3), (5, 4)]:
        params, x, labels = network(t, 2, 5, 4), 2 * t.rng.normal(size=(n, 2)), t.rng.integers(4, size=n)
        ask(t, params, x, labels, [cut(t, n, size) for _ in range(3)], 0.4)


def test_some_examples_left_out(t):
    """Epochs that use only some of the examples, and unequally many batches."""
    params, x, labels = network(t, 3, 4, 5), t.rng.normal(size=(15, 3)), t.rng.integers(5, size=15)
    epochs = [cut(t, 15, 4)[:2], cut(t, 15, 6)[:1], cut(t, 15, 2)[:5]]
    ask(t, params, x, labels, epochs, 0.5)


def test_single_examples(t):
    """Batches of one."""
    params, x, labels = network(t, 3, 4, 2), t.rng.normal(size=(5, 3)), t.rng.integers(2, size=5)
    ask(t, params, x, labels, [cut(t, 5, 1), cut(t, 5, 1)], 0.2)


def test_parameters_are_kept(t):
    """The caller's parameters stay as they are, and zero learning rate returns equal ones."""
    params, x, labels = network(t, 3, 4, 3), t.rng.normal(size=(6, 3)), t.rng.integers(3, size=6)
    ask(t, params, x, labels, [cut(t, 6, 4)], 0.0)
    ask(t, params, x, labels, [cut(t, 6, 4)], 0.7)


def test_predict(t):
    """The most likely class of each example, before and after training."""
    params, x, labels = network(t, 4, 6, 5), 2 * t.rng.normal(size=(90, 4)), t.rng.integers(5, size=90)
    trained, _ = t.call("train", params, x, labels, [cut(t, 90, 30) for _ in range(5)], 0.5)
    for p in (params, trained):
        s = np.tanh(x @ p["w1"] + p["b1"]) @ p["w2"] + p["b2"]
        t.equal(t.call("predict", {k: np.asarray(v) for k, v in p.items()}, x), s.argmax(axis=1))
    single = x[:1]
    s = np.tanh(single @ params["w1"] + params["b1"]) @ params["w2"] + params["b2"]
    t.equal(t.call("predict", params, single), s.argmax(axis=1))


def test_large_scores(t):
    """Scores of several thousand."""
    params, x, labels = network(t, 3, 4, 5, scale=3000.0), t.rng.normal(size=(10, 3)), t.rng.integers(5, size=10)
    s = np.tanh(x @ params["w1"] + params["b1"]) @ params["w2"] + params["b2"]
    labels[::2] = s.argmin(axis=1)[::2]
    ask(t, params, x, labels, [[np.arange(10)]], 0.1)


def test_learns(t):
    """Three clouds of points are learnt."""
    centres = 4 * np.array([[0.0, 1.0], [-0.9, -0.5], [0.9, -0.5]])
    labels = np.arange(30) % 3
    x = centres[labels] + 0.4 * t.rng.normal(size=(30, 2))
    params = {k: 0.5 * v for k, v in network(t, 2, 8, 3).items()}
    trained, _ = ask(t, params, x, labels, [cut(t, 30, 8) for _ in range(60)], 0.3, rtol=1e-6)
    t.equal(t.call("predict", {k: np.asarray(v) for k, v in trained.items()}, x), labels)
