"""Oracle: every path from a state to a later gradient, one by one, in float64; finite differences beside it."""

import numpy as np

NAME = "rnn_backward"
WHAT = "(grad_x, grad_h_0, grad_w_x, grad_w_h, grad_b)"


def states(x, h_0, w_x, w_h, b):
    out = [h_0]
    for step in range(x.shape[1]):
        out.append(np.tanh(x[:, step] @ w_x + out[-1] @ w_h + b))
    return out


def expected(grad_h, x, h_0, w_x, w_h, b):
    grad_h, x, h_0, w_x, w_h, b = (np.asarray(a, dtype=np.float64) for a in (grad_h, x, h_0, w_x, w_h, b))
    grads = [np.zeros_like(a) for a in (x, h_0, w_x, w_h, b)]
    h = states(x, h_0, w_x, w_h, b)
    for i in range(len(x)):
        for end in range(x.shape[1], 0, -1):  # the gradient that enters at h[end] ...
            path = grad_h[i, end - 1]
            for s in range(end, 0, -1):  # ... and its way back, step by step
                inner = np.array([path[k] * (1 - h[s][i, k] ** 2) for k in range(len(b))])
                grads[0][i, s - 1] += w_x @ inner
                grads[2] += np.outer(x[i, s - 1], inner)
                grads[3] += np.outer(h[s - 1][i], inner)
                grads[4] += inner
                path = w_h @ inner
            grads[1][i] += path
    return tuple(grads)


def make(t, n=3, steps=5, d=2, m=4):
    r = t.rng.normal
    x, h_0, w_x, w_h = r(size=(n, steps, d)), r(size=(n, m)), r(size=(d, m)) / d**0.5, r(size=(m, m)) / m**0.5
    return r(size=(n, steps, m)), x, h_0, w_x, w_h, r(size=m) / 2


def ask(t, *args, rtol=None):
    t.close(t.call(NAME, *args), expected(*args), what=WHAT, rtol=rtol)


def example_two_steps(t):
    """One sequence, two steps, one unit."""
    ask(
        t,
        *(
            np.full(s, v)
            for s, v in [((1, 2, 1), 1.0), ((1, 2, 1), 0.5), ((1, 1), 0.2), ((1, 1), 0.4), ((1, 1), 2.0), (1, 0.1)]
        ),
    )


def test_sizes(t):
    """Several sizes and lengths."""
    for n, steps, d, m in [(3, 5, 2, 4), (1, 6, 3, 2), (2, 2, 6, 3), (4, 3, 1, 1), (4, 4, 4, 4)]:
        ask(t, *make(t, n, steps, d, m))


def test_finite_differences(t):
    """All five agree with finite differences of the forward pass."""
    grad_h, *args = make(t, n=2, steps=4, m=3)

    def loss(k, a):
        return float((grad_h * np.stack(states(*args[:k], a, *args[k + 1 :])[1:], axis=1)).sum())

    want = tuple(t.numeric_gradient(lambda a, k=k: loss(k, a), args[k]) for k in range(5))
    t.close(t.call(NAME, grad_h, *args), want, rtol=1e-6, what=WHAT)


def test_one_step(t):
    """A sequence of one step."""
    ask(t, *make(t, steps=1))
    ask(t, *make(t, n=1, steps=1))


def test_gradient_at_the_end_only(t):
    """A loss on the last state reaches the first input."""
    grad_h, *rest = make(t, steps=6)
    grad_h[:, :-1] = 0.0
    ask(t, grad_h, *rest)


def test_gradient_in_the_middle_only(t):
    """Steps after the only loss get no gradient."""
    grad_h, *rest = make(t, steps=6)
    grad_h[:, :2] = grad_h[:, 3:] = 0.0
    ask(t, grad_h, *rest)


def test_no_gradient(t):
    """No loss, no gradients."""
    grad_h, *rest = make(t)
    ask(t, 0 * grad_h, *rest)


def test_long_sequence(t):
    """Forty steps, and a recurrence that keeps the gradient alive."""
    grad_h, x, h_0, w_x, _, b = make(t, n=2, steps=40)
    turn = np.linalg.qr(t.rng.normal(size=(4, 4)))[0] * 1.1
    grad_h[:, :-1] *= 1e-3
    ask(t, grad_h, x / 20, h_0 / 20, w_x, turn, b / 20, rtol=1e-9)


def test_large_gradients(t):
    """A loss with large derivatives: nothing is cut off."""
    grad_h, *rest = make(t)
    ask(t, grad_h * 1e6, *rest)


def test_saturation(t):
    """Saturated units hand nothing on and break nothing."""
    grad_h, x, *rest = make(t)
    x[:, 2] *= 1e4
    ask(t, grad_h, x, *rest)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *(a.astype(np.float32) for a in make(t)), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    *arrays, b = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in arrays), b)
