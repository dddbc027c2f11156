"""Oracle: window by window, over the pixels that exist."""

import numpy as np

NAME = "max_pool_forward"


def expected(x, size, stride=None, padding=0):
    x = np.asarray(x)
    stride = size if stride is None else stride
    height, width = x.shape[2:]
    out = np.zeros(
        (*x.shape[:2], (height + 2 * padding - size) // stride + 1, (width + 2 * padding - size) // stride + 1)
    )
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride - padding, j * stride - padding
            seen = x[:, :, max(top, 0) : top + size, max(left, 0) : left + size]
            out[:, :, i, j] = seen.max(axis=(2, 3))
    return out


def make(t, n=2, c=3, height=6, width=8):
    return t.rng.normal(size=(n, c, height, width))


def ask(t, x, *args, **kwargs):
    got, want = t.call(NAME, x, *args, **kwargs), expected(x, *args, **kwargs)
    t.close(got, want, what="output")
    t.check(np.array_equal(np.asarray(got, dtype=np.float64), want), "a maximum is one of the values, exactly")


def example_two_by_two(t):
    """A 4 x 4 image, windows of 2 x 2."""
    ask(t, t.rng.permutation(16).astype(float).reshape(1, 1, 4, 4), 2)


def example_overlapping(t):
    """Windows of 3 x 3 with stride 2 and padding 1."""
    ask(t, t.rng.permutation(25).reshape(1, 1, 5, 5) - 20.0, 3, stride=2, padding=1)


def test_default_stride(t):
    """The stride is the window's size if nothing is said."""
    ask(t, make(t), 2)
    ask(t, make(t, height=9, width=6), 3)
    ask(t, make(t, height=9, width=6), 3, None)


def test_overlapping_windows(t):
    """A stride smaller than the window."""
    for size, stride in [(2, 1), (3, 1), (3, 2), (4, 3), (5, 2)]:
        ask(t, make(t), size, stride)


def test_windows_with_gaps(t):
    """A stride larger than the window."""
    for size, stride in [(1, 2), (2, 3), (2, 4), (1, 3)]:
        ask(t, make(t), size, stride=stride)


def test_windows_that_do_not_fit(t):
    """Rows and columns that are left over are dropped, even when they hold the largest values."""
    for height, width in [(7, 9), (5, 7), (9, 5), (6, 9), (9, 6)]:
        x = make(t, height=height, width=width)
        x[:, :, -1] += 10
        x[:, :, :, -1] += 10
        ask(t, x, 2)
        ask(t, x, 4, stride=3)


def test_padding(t):
    """Padding at all four sides."""
    for size, stride, padding in [(2, 2, 1), (3, 2, 1), (3, 1, 1), (4, 2, 2), (5, 3, 2)]:
        ask(t, make(t) - 2, size, stride, padding)
        ask(t, make(t, n=1, height=7, width=5), size, stride=stride, padding=padding)


def test_negative_values(t):
    """Images of negative numbers, small and very large."""
    for offset in (-5.0, -1e6, -1e30):
        ask(t, make(t) * abs(offset) / 10 + offset, 3, stride=2, padding=1)
        ask(t, make(t) * abs(offset) / 10 + offset, 2)


def test_one_window(t):
    """A window as large as the image, and one of a single pixel."""
    ask(t, make(t, height=5, width=5), 5)
    ask(t, make(t), 1)
    ask(t, make(t, n=1, c=1, height=1, width=1), 1)


def test_float32(t):
    """float32 in, the same values out."""
    ask(t, (make(t) - 3).astype(np.float32), 3, stride=2, padding=1)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for x in t.layouts(make(t) - 3).values():
        ask(t, x, 2)
        ask(t, x, 3, stride=2, padding=1)
