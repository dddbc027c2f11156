"""Oracle: example by example and capsule by capsule, with lists of vectors in float64."""

import math

import numpy as np

RTOL = 1e-5  # leaves room for a small constant against the division by zero


def softmax(row):
    top = max(row)
    e = [math.exp(x - top) for x in row]
    return [x / sum(e) for x in e]


def squash(s):
    length = float(np.sqrt(np.dot(s, s)))
    return s * (length / (1 + length * length))


def expected(predictions, iterations=3):
    u = np.asarray(predictions, dtype=np.float64)
    n, lower, higher, d = u.shape
    v, c = np.zeros((n, higher, d)), np.zeros((n, lower, higher))
    for k in range(n):
        b = [[0.0] * higher for _ in range(lower)]
        for _ in range(iterations):
            for i in range(lower):
                c[k, i] = softmax(b[i])
            for j in range(higher):
                v[k, j] = squash(sum(c[k, i, j] * u[k, i, j] for i in range(lower)))
            for i in range(lower):
                for j in range(higher):
                    b[i][j] += float(np.dot(u[k, i, j], v[k, j]))
    return v, c


def ask(t, u, *iterations, rtol=RTOL):
    t.close(t.call("dynamic_routing", u, *iterations), expected(u, *iterations), rtol=rtol, what="(v, c)")


def data(t, n, lower, higher, d):
    """Predictions that agree in part, so that the couplings move away from the uniform ones."""
    return 0.8 * t.rng.normal(size=(n, lower, higher, d)) + t.rng.normal(size=(n, 1, higher, d))


def example_two_senders(t):
    """One example: two lower capsules that agree about the first higher capsule only."""
    u = np.array([[[[1.0, 2.0], [3.0, 0.0]], [[1.0, 2.0], [-1.0, 0.5]]]])
    ask(t, u, 2)


def test_default_iterations(t):
    """Three iterations, several sizes."""
    for sizes in [(3, 6, 4, 5), (2, 3, 5, 4), (4, 5, 2, 3)]:
        ask(t, data(t, *sizes))


def test_numbers_of_iterations(t):
    """One to six iterations, by position and by name."""
    for k in (1, 2, 4, 6):
        ask(t, data(t, 2, 5, 3, 4), k)
    u = data(t, 2, 4, 3, 5)
    t.close(t.call("dynamic_routing", u, iterations=2), expected(u, 2), rtol=RTOL, what="(v, c)")


def test_one_iteration_is_uniform(t):
    """After one iteration all couplings are equal."""
    u = data(t, 2, 4, 5, 3)
    _, c = t.call("dynamic_routing", u, 1)
    t.close(c, np.full((2, 4, 5), 0.2), what="c")


def test_examples_do_not_mix(t):
    """Each example is routed on its own."""
    u = data(t, 4, 5, 3, 2)
    ask(t, u)
    ask(t, u[1:2].copy())
    ask(t, u[::-1].copy())


def test_couplings_sum_to_one(t):
    """The couplings of each lower capsule sum to 1."""
    u = data(t, 3, 4, 6, 2)
    _, c = t.call("dynamic_routing", u)
    t.close(np.asarray(c).sum(axis=2), np.ones((3, 4)), rtol=1e-9, what="sums of c over the higher capsules")


def test_equal_sizes(t):
    """As many lower as higher capsules as dimensions as examples."""
    ask(t, data(t, 4, 4, 4, 4))


def test_single_capsules(t):
    """One lower capsule, and one higher capsule."""
    ask(t, data(t, 3, 1, 4, 5))
    ask(t, data(t, 3, 4, 1, 5))


def test_zero_predictions(t):
    """Predictions of zero give outputs of zero and uniform couplings."""
    ask(t, np.zeros((2, 3, 4, 5)))
    u = data(t, 2, 4, 3, 5)
    u[:, :, 1] = 0
    ask(t, u)


def test_long_predictions(t):
    """Predictions thousands long neither overflow nor become NaN."""
    u = data(t, 16, 6, 3, 5)
    ask(t, 30 * u, rtol=1e-4)
    ask(t, 3e3 * u, 3, rtol=1e-3)


def test_precision(t):
    """Long predictions in float64 keep its precision."""
    u = t.rng.normal(size=(6, 1, 4, 5))
    ask(t, 8e3 * u / np.linalg.norm(u, axis=-1, keepdims=True), 1, rtol=1e-9)


def test_float32(t):
    """float32 predictions, right to float32 precision."""
    ask(t, data(t, 8, 5, 3, 4).astype(np.float32), rtol=1e-3)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(data(t, 2, 5, 3, 4)).values():
        ask(t, array)
