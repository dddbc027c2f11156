"""Oracle: window by window and pixel by pixel, with the choice at ties as a parameter."""

import numpy as np

NAME = "max_pool_backward"
CHOICES = ("first", "last", "shared", "each")


def expected(grad_y, x, size, stride=None, ties="first"):
    grad_y, x = np.asarray(grad_y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    stride = size if stride is None else stride
    grad_x = np.zeros(x.shape)
    for n, c, i, j in np.ndindex(*grad_y.shape):
        places = [(i * stride + u, j * stride + v) for u in range(size) for v in range(size)]
        top = max(x[n, c, r, s] for r, s in places)
        winners = [(r, s) for r, s in places if x[n, c, r, s] == top]
        if ties == "first":
            winners = winners[:1]
        elif ties == "last":
            winners = winners[-1:]
        for r, s in winners:
            grad_x[n, c, r, s] += grad_y[n, c, i, j] / (len(winners) if ties == "shared" else 1)
    return grad_x


def make(t, n=2, c=3, height=6, width=8, size=2, stride=None):
    """Negative pixels without ties."""
    pixels = n * c * height * width
    x = (t.rng.permutation(pixels) - pixels).reshape(n, c, height, width) / 7
    step = size if stride is None else stride
    return t.rng.normal(size=(n, c, (height - size) // step + 1, (width - size) // step + 1)), x


def ask(t, size, stride=None, **shape):
    grad_y, x = make(t, size=size, stride=stride, **shape)
    t.close(t.call(NAME, grad_y, x, size, stride=stride), expected(grad_y, x, size, stride), what="grad_x")


def example_two_by_two(t):
    """A 4 x 4 image, windows of 2 x 2."""
    grad_y, x = make(t, 1, 1, 4, 4)
    t.close(t.call(NAME, grad_y, x, 2), expected(grad_y, x, 2), what="grad_x")


def example_overlapping(t):
    """One pixel wins several overlapping windows."""
    x = np.zeros((1, 1, 3, 3)) - np.arange(9.0).reshape(3, 3)
    x[0, 0, 1, 1] = 5.0
    grad_y = np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    t.close(t.call(NAME, grad_y, x, 2, stride=1), expected(grad_y, x, 2, 1), what="grad_x")


def test_default_stride(t):
    """Windows side by side."""
    ask(t, 2)
    ask(t, 3, height=9, width=6)
    grad_y, x = make(t, size=2)
    t.close(t.call(NAME, grad_y, x, 2), expected(grad_y, x, 2), what="grad_x")


def test_overlapping_windows(t):
    """A stride smaller than the window: contributions add up."""
    for size, stride in [(2, 1), (3, 1), (3, 2), (4, 3), (5, 2)]:
        ask(t, size, stride)
    grad_y, x = make(t, size=3, stride=1)
    x[:, :, 3, 4] = 1e3  # wins nine windows
    t.close(t.call(NAME, grad_y, x, 3, 1), expected(grad_y, x, 3, 1), what="grad_x")


def test_windows_with_gaps(t):
    """A stride larger than the window."""
    for size, stride in [(1, 2), (2, 3), (2, 4)]:
        ask(t, size, stride)


def test_windows_that_do_not_fit(t):
    """Pixels in dropped rows and columns have the gradient 0, even when they are the largest."""
    for height, width in [(7, 9), (5, 7)]:
        grad_y, x = make(t, height=height, width=width, size=2)
        x[:, :, -1] += 1e3
        x[:, :, :, -1] += 1e3
        t.close(t.call(NAME, grad_y, x, 2), expected(grad_y, x, 2), what="grad_x")


def test_zero_gradient_and_zero_pixels(t):
    """Windows with the gradient 0, and winners with the value 0."""
    grad_y, x = make(t, size=2)
    x = x - x.max() - 1
    x[:, :, ::2, ::2] = 0.0
    grad_y[:, 1] = 0.0
    t.close(t.call(NAME, grad_y, x, 2), expected(grad_y, x, 2), what="grad_x")


def test_ties(t):
    """Windows in which several pixels share the maximum, as after ReLU."""
    for size in (2, 3):
        grad_y, x = make(t, height=6, width=12, size=size)
        x = np.where(t.rng.random(x.shape) < 0.5, np.abs(x) + 1, 0.0)
        x[:, :, :size] = 0.0  # a row of windows that are zero throughout
        x[:, :, size : 2 * size] = t.rng.integers(1, 3, size=x[:, :, size : 2 * size].shape)
        x[0, 0, size : 2 * size, :size] = 2.0
        want = {c: expected(grad_y, x, size, ties=c) for c in CHOICES}
        t.either(t.call(NAME, grad_y, x, size), "ties", want, what="grad_x")


def test_ties_with_overlap(t):
    """The same choice where windows overlap."""
    grad_y, x = make(t, size=3, stride=2, height=7, width=9)
    x = t.rng.integers(0, 3, size=x.shape).astype(float)
    want = {c: expected(grad_y, x, 3, 2, ties=c) for c in CHOICES}
    t.either(t.call(NAME, grad_y, x, 3, stride=2), "ties", want, what="grad_x")


def test_float32(t):
    """float32 in, right to float32 precision."""
    grad_y, x = (a.astype(np.float32) for a in make(t, size=3, stride=2))
    t.close(t.call(NAME, grad_y, x, 3, stride=2), expected(grad_y, x, 3, 2), what="grad_x")


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    grad_y, x = make(t, size=3, stride=2)
    for name in ("Fortran order", "strided", "reversed"):
        got = t.call(NAME, t.layouts(grad_y)[name], t.layouts(x)[name], 3, stride=2)
        t.close(got, expected(grad_y, x, 3, 2), what="grad_x")
