"""Oracles: the penalty by plain sums over the elements; the step by differentiating the penalty numerically as well."""

import math

import numpy as np


def penalty(params, lam):
    return lam / 2 * math.fsum(float(v) ** 2 for a in params.values() if np.ndim(a) > 1 for v in np.ravel(a))


def expected(params, grads, lr, lam):
    out = {}
    for name, p in params.items():
        p, g = np.asarray(p, dtype=np.float64), np.asarray(grads[name], dtype=np.float64)
        shrink = 1 - lr * lam if len(p.shape) >= 2 else 1.0
        out[name] = shrink * p - lr * g
    return out


def ask(t, params, grads, lr, lam):
    t.close(t.call("l2_penalty", params, lam), penalty(params, lam), what="penalty")
    got = t.call("sgd_step_l2", params, grads, lr, lam)
    t.close(got, expected(params, grads, lr, lam), what="new parameters")


SHAPES = {"hidden.weight": (4, 3), "hidden.bias": (4,), "norm.scale": (4,), "kernel": (2, 3, 2, 2), "out": (1, 4)}


def data(t, shapes=SHAPES, dtype=np.float64):
    params = {k: (1.5 + t.rng.normal(size=s)).astype(dtype) for k, s in shapes.items()}
    return params, {k: (0.3 + t.rng.normal(size=s)).astype(dtype) for k, s in shapes.items()}


def example_weight_and_bias(t):
    """One weight matrix and one bias."""
    params = {"w": np.array([[1.0, -2.0]]), "b": np.array([3.0])}
    ask(t, params, {"w": np.array([[0.5, 0.5]]), "b": np.array([1.0])}, 0.1, 0.5)


def test_network(t):
    """Weights, biases, a scale and a convolution's kernel."""
    for lr, lam in [(0.1, 0.5), (1.0, 0.03), (0.5, 2.0)]:
        ask(t, *data(t), lr, lam)


def test_no_penalty(t):
    """lam = 0 is a plain gradient step."""
    ask(t, *data(t), 0.3, 0.0)


def test_nothing_penalised(t):
    """Only biases."""
    ask(t, *data(t, {"b": (3,), "c": (1,), "weight": (5,)}), 0.3, 0.7)


def test_names_do_not_matter(t):
    """What is penalised depends on dimensions, not on names."""
    ask(t, *data(t, {"bias": (2, 3), "weight": (3,), "w": (1, 1), "b": (1, 2, 3)}), 0.2, 0.9)


def test_zero_gradients(t):
    """Without a gradient, weights shrink and biases stay."""
    params, grads = data(t)
    ask(t, params, {k: np.zeros_like(v) for k, v in grads.items()}, 0.25, 0.8)


def test_other_order(t):
    """Gradients in another order than the parameters."""
    params, grads = data(t)
    ask(t, params, dict(reversed(grads.items())), 0.25, 0.8)


def test_penalty_and_step_agree(t):
    """The step along the penalty is the derivative of the penalty that is returned."""
    w = t.rng.normal(size=(3, 4))
    moved = t.call("sgd_step_l2", {"w": w}, {"w": np.zeros((3, 4))}, 0.5, 0.6)
    slope = t.numeric_gradient(lambda x: penalty({"w": x}, 0.6), w)
    t.close(moved, {"w": w - 0.5 * slope}, rtol=1e-7, what="new parameters")
    t.close(t.call("l2_penalty", {"w": w}, 0.6), penalty({"w": w}, 0.6), what="penalty")


def test_many_steps(t):
    """Twenty steps of decay alone."""
    params, grads = data(t)
    zero = {k: np.zeros_like(v) for k, v in grads.items()}
    start = {k: v.copy() for k, v in params.items()}
    for _ in range(20):
        got = t.call("sgd_step_l2", params, zero, 0.1, 0.5)
        t.close(got, expected(params, zero, 0.1, 0.5), what="new parameters")
        params = {k: np.asarray(v) for k, v in got.items()}
    want = {k: v * 0.95**20 if v.ndim > 1 else v for k, v in start.items()}
    t.close(got, want, what="parameters after 20 steps")


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *data(t, dtype=np.float32), 0.2, 0.7)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    params, grads = t.layouts(t.rng.normal(size=(3, 4))), t.layouts(t.rng.normal(size=(3, 4)))
    ask(t, params, grads, 0.2, 0.7)
