"""Oracle: output pixel by output pixel in float64, from the definition."""

import numpy as np

NAME = "conv2d_forward"


def expected(x, w, b, stride=1, padding=0):
    x, w, b = (np.asarray(a, dtype=np.float64) for a in (x, w, b))
    n, c, height, width = x.shape
    f, _, kh, kw = w.shape
    padded = np.zeros((n, c, height + 2 * padding, width + 2 * padding))
    padded[:, :, padding : padding + height, padding : padding + width] = x
    out = np.zeros((n, f, (height + 2 * padding - kh) // stride + 1, (width + 2 * padding - kw) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            patch = padded[:, :, i * stride : i * stride + kh, j * stride : j * stride + kw]
            out[:, :, i, j] = patch.reshape(n, -1) @ w.reshape(f, -1).T + b
    return out


def make(t, n=2, c=3, height=7, width=9, f=4, kh=3, kw=2):
    return t.rng.normal(size=(n, c, height, width)), t.rng.normal(size=(f, c, kh, kw)), t.rng.normal(size=f) * 3


def ask(t, *args, **kwargs):
    t.close(t.call(NAME, *args, **kwargs), expected(*args, **kwargs), what="output")


def example_one_channel(t):
    """A 3 x 3 image and a filter that subtracts neighbours."""
    ask(t, np.arange(9.0).reshape(1, 1, 3, 3) ** 2, np.array([[[[1.0, -1.0]]]]), np.array([0.5]))


def example_stride_and_padding(t):
    """Two channels, stride 2, padding 1."""
    ask(t, *make(t, n=1, c=2, height=4, width=4, f=1, kh=3, kw=3), stride=2, padding=1)


def test_plain(t):
    """Stride 1, no padding, several shapes."""
    for shape in [(2, 3, 7, 9, 4, 3, 2), (1, 1, 4, 5, 1, 2, 3), (3, 2, 5, 4, 2, 1, 1), (2, 4, 5, 6, 3, 4, 5)]:
        ask(t, *make(t, *shape))


def test_filter_as_large_as_the_image(t):
    """One output pixel for each filter."""
    ask(t, *make(t, height=3, width=4, kh=3, kw=4))
    ask(t, *make(t, height=3, width=4, kh=5, kw=6), padding=1)


def test_padding(t):
    """Zeros around the image, also more than the filter needs."""
    for p in (1, 2, 4):
        ask(t, *make(t), padding=p)


def test_stride(t):
    """Strides, also larger than the filter and such that the last rows are dropped."""
    for s in (2, 3, 4):
        ask(t, *make(t, height=8, width=9), stride=s)
        ask(t, *make(t, height=9, width=8), stride=s)


def test_stride_and_padding(t):
    """Both together, by position and by name."""
    for s in (2, 3):
        for p in (1, 2):
            ask(t, *make(t), stride=s, padding=p)
            ask(t, *make(t, n=1, height=6, width=5, kh=2, kw=3), s, p)


def test_square(t):
    """All sizes equal."""
    ask(t, *make(t, 3, 3, 6, 6, 3, 3, 3), stride=1, padding=1)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *(a.astype(np.float32) for a in make(t)), stride=2, padding=1)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, w, b = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, t.layouts(x)[name], t.layouts(w)[name], b, stride=2, padding=1)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    x, w, b = make(t, height=5, width=6)
    ask(t, x, w, b, 2, 1)
    if t.framework.value == "torch":
        c = t.rng.normal(size=expected(x, w, b, 2, 1).shape)
        got = t.gradients(NAME, x, w, b, 2, 1, wrt=(0, 1, 2), cotangent=c)
        want = (
            t.numeric_gradient(lambda a: float((c * expected(a, w, b, 2, 1)).sum()), x),
            t.numeric_gradient(lambda a: float((c * expected(x, a, b, 2, 1)).sum()), w),
            t.numeric_gradient(lambda a: float((c * expected(x, w, a, 2, 1)).sum()), b),
        )
        t.close(got, want, rtol=1e-6, what="gradients")
