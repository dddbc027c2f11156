"""Oracle: the candidates of the one-dimensional problem, element by element, the best one chosen by its objective."""

import numpy as np

NAME = "l1_proximal_step"


def expected(w, grad, lr, lam):
    w, grad = np.asarray(w, dtype=np.float64), np.asarray(grad, dtype=np.float64)
    out = np.zeros(w.shape)
    for at in np.ndindex(w.shape):
        u = w[at] - lr * grad[at]
        if u - lr * lam > 0:
            out[at] = u - lr * lam
        elif u + lr * lam < 0:
            out[at] = u + lr * lam
    return out


def ask(t, w, grad, lr, lam):
    got = t.call(NAME, w, grad, lr, lam)
    want = expected(w, grad, lr, lam)
    t.close(got, want, what="new weights")
    removed = np.asarray(got)[want == 0]
    t.check((removed == 0).all(), "weights that the penalty removes are not exactly zero", got=got, want=want)
    return got


def data(t, shape, lr, lam, dtype=np.float64):
    """Weights that lie, after the gradient step, clearly inside or outside the threshold; some have crossed zero."""
    size = int(np.prod(shape))
    ratio = np.resize([0.2, 0.7, 1.3, 3.0, 8.0], size) * t.rng.uniform(0.9, 1.1, size=size)
    signs = np.resize([1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0, -1.0], size)
    order = t.rng.permutation(size)
    u = (ratio * signs * lr * lam)[order].reshape(shape)
    grad = t.rng.normal(size=shape) * 2 + 0.3
    far = np.abs(u) > 2 * lr * lam
    grad[far] = -2 * u[far] / lr  # the step carries these from the other side of zero
    return (u + lr * grad).astype(dtype), grad.astype(dtype)


def example_two_weights(t):
    """The example of the statement."""
    ask(t, np.array([1.0, -0.3]), np.array([0.0, 0.0]), 0.5, 1.0)


def example_with_a_gradient(t):
    """Ten weights with a gradient."""
    ask(t, *data(t, (10,), 0.5, 0.8), 0.5, 0.8)


def test_random_weights(t):
    """Random weights of several shapes, rates and penalties."""
    for shape, lr, lam in [((20,), 0.1, 0.5), ((4, 5), 0.7, 2.0), ((2, 3, 5), 2.0, 0.3), ((10, 1), 0.01, 10.0)]:
        ask(t, *data(t, shape, lr, lam), lr, lam)


def test_no_penalty(t):
    """lam = 0 is a plain gradient step."""
    ask(t, t.rng.normal(size=(3, 4)), t.rng.normal(size=(3, 4)), 0.3, 0.0)


def test_everything_removed(t):
    """A penalty that removes all weights."""
    ask(t, t.rng.normal(size=7), t.rng.normal(size=7), 0.5, 1e3)


def test_zero_weights(t):
    """Weights of zero stay unless their gradient exceeds lam."""
    grad = np.array([0.5, -0.5, 1.5, -1.5, 0.0]) * t.rng.uniform(0.8, 1.2)
    ask(t, np.zeros(5), grad, 0.4, 1.0)


def test_crossing_zero(t):
    """The gradient step carries weights across zero."""
    w = t.rng.uniform(0.5, 1, size=6) * np.array([1, -1, 1, -1, 1, -1])
    ask(t, w, w * np.array([3.0, 3.0, 8.0, 8.0, 2.1, 2.1]), 0.5, 0.2)


def test_converges_to_the_lasso(t):
    """Many steps on a separable problem reach its known solution and its exact zeros."""
    curve, centre = (
        t.rng.uniform(0.5, 1.5, size=8),
        np.array([3, -3, 2, -2, 0.1, -0.1, 0.2, -0.2]) * t.rng.uniform(1, 2),
    )
    w, lam = t.rng.normal(size=8), 0.7
    for _ in range(60):
        w = np.asarray(ask(t, w, curve * (w - centre), 0.5, lam))
    want = np.where(np.abs(curve * centre) > lam, centre - np.sign(centre) * lam / curve, 0)
    t.close(w, want, rtol=1e-4, what="weights after 60 steps")


def test_minimises(t):
    """No other point near the result has a lower objective."""
    w, grad = data(t, (10,), 0.5, 0.8)
    got = np.asarray(t.call(NAME, w, grad, 0.5, 0.8))
    u = w - 0.5 * grad
    t.check(got.shape == u.shape, f"the shape is {got.shape}; wanted {u.shape}")

    def objective(z):
        return ((z - u) ** 2).sum() / (2 * 0.5) + 0.8 * np.abs(z).sum()

    best = objective(got)
    for _ in range(50):
        other = objective(got + t.rng.normal(size=10) * t.rng.choice([1e-3, 1e-1]))
        t.check(
            best <= other + 1e-12, f"the objective is {best:.6f} at the result and {other:.6f} at a point beside it"
        )


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *data(t, (5, 8), 0.3, 0.9, np.float32), 0.3, 0.9)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    w, grad = data(t, (4, 5), 0.3, 0.9)
    for name, array in t.layouts(w).items():
        ask(t, array, t.layouts(grad)[name], 0.3, 0.9)
