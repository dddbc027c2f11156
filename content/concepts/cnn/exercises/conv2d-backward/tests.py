"""Oracle: the terms of the sum one by one, in float64; finite differences of the forward pass beside it."""

import numpy as np

NAME = "conv2d_backward"


def forward(x, w, b, stride, padding):
    kh, kw = w.shape[2:]
    padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (padded.shape[2] - kh) // stride + 1
    columns = (padded.shape[3] - kw) // stride + 1
    out = np.zeros((len(x), len(w), rows, columns))
    for i in range(rows):
        for j in range(columns):
            patch = padded[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", patch, w) + b
    return out


def expected(grad_y, x, w, stride=1, padding=0):
    grad_y, x, w = (np.asarray(a, dtype=np.float64) for a in (grad_y, x, w))
    height, width = x.shape[2:]
    grad_x, grad_w = np.zeros(x.shape), np.zeros(w.shape)
    for i, j, u, v in np.ndindex(*grad_y.shape[2:], *w.shape[2:]):
        r, s = i * stride + u - padding, j * stride + v - padding
        if 0 <= r < height and 0 <= s < width:
            grad_x[:, :, r, s] += grad_y[:, :, i, j] @ w[:, :, u, v]
            grad_w[:, :, u, v] += grad_y[:, :, i, j].T @ x[:, :, r, s]
    return grad_x, grad_w, np.array([grad_y[:, f].sum() for f in range(len(w))])


def make(t, n=2, c=3, height=6, width=7, f=4, kh=3, kw=2, stride=1, padding=0):
    x, w = t.rng.normal(size=(n, c, height, width)), t.rng.normal(size=(f, c, kh, kw))
    grad_y = t.rng.normal(size=forward(x, w, 0.0, stride, padding).shape)
    return grad_y, x, w


def ask(t, *args, **kwargs):
    t.close(t.call(NAME, *args, **kwargs), expected(*args, **kwargs), what="(grad_x, grad_w, grad_b)")


def example_small(t):
    """One channel, one 2 x 2 filter, a 3 x 3 image."""
    x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.array([[[[1.0, 2.0], [3.0, 4.0]]]])
    ask(t, np.array([[[[1.0, 0.0], [0.0, -1.0]]]]), x, w)


def example_stride_and_padding(t):
    """Two channels, stride 2, padding 1."""
    ask(t, *make(t, n=1, c=2, height=4, width=4, f=1, kh=3, kw=3, stride=2, padding=1), stride=2, padding=1)


def test_plain(t):
    """Stride 1, no padding, several shapes."""
    for shape in [(2, 3, 6, 7, 4, 3, 2), (1, 1, 4, 5, 1, 2, 3), (3, 2, 5, 4, 2, 1, 1), (2, 4, 5, 6, 3, 4, 5)]:
        ask(t, *make(t, *shape))


def test_finite_differences(t):
    """The three gradients agree with finite differences of the forward pass."""
    for stride, padding in [(1, 0), (2, 1)]:
        grad_y, x, w = make(t, height=4, width=5, f=2, stride=stride, padding=padding)
        b = t.rng.normal(size=2)
        want = (
            t.numeric_gradient(lambda a, s=stride, p=padding: (grad_y * forward(a, w, b, s, p)).sum(), x),  # noqa: B023
            t.numeric_gradient(lambda a, s=stride, p=padding: (grad_y * forward(x, a, b, s, p)).sum(), w),  # noqa: B023
            t.numeric_gradient(lambda a, s=stride, p=padding: (grad_y * forward(x, w, a, s, p)).sum(), b),  # noqa: B023
        )
        t.close(t.call(NAME, grad_y, x, w, stride, padding), want, rtol=1e-6, what="(grad_x, grad_w, grad_b)")


def test_padding(t):
    """With zeros around the image."""
    for p in (1, 2, 3):
        ask(t, *make(t, padding=p), padding=p)


def test_stride(t):
    """Strides, also larger than the filter."""
    for s in (2, 3, 4):
        ask(t, *make(t, height=8, width=9, stride=s), stride=s)
        ask(t, *make(t, height=9, width=8, stride=s), stride=s)


def test_dropped_rows(t):
    """Rows and columns that no window reaches."""
    for height, width in [(6, 7), (7, 6), (8, 8)]:
        ask(t, *make(t, height=height, width=width, kh=2, kw=2, stride=3), stride=3)
        ask(t, *make(t, height=height, width=width, kh=3, kw=3, stride=2), stride=2)


def test_stride_and_padding(t):
    """Both together, by position and by name."""
    for s in (2, 3):
        for p in (1, 2):
            ask(t, *make(t, stride=s, padding=p), stride=s, padding=p)
            ask(t, *make(t, n=1, height=6, width=5, kh=2, kw=3, stride=s, padding=p), s, p)


def test_square(t):
    """All sizes equal."""
    ask(t, *make(t, 3, 3, 6, 6, 3, 3, 3, padding=1), stride=1, padding=1)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *(a.astype(np.float32) for a in make(t, stride=2, padding=1)), stride=2, padding=1)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    arrays = make(t, stride=2, padding=1)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in arrays), stride=2, padding=1)
