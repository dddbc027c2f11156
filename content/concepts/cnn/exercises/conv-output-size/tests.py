"""Oracle: count the places by trying them all."""

NAME, BACK = "conv_output_size", "conv_transpose_output_size"


def expected(size, kernel, stride=1, padding=0, dilation=1):
    if padding == "same":
        return len(range(0, size, stride))
    p = 0 if padding == "valid" else padding
    touched = [u * dilation for u in range(kernel)]
    return sum(1 for start in range(0, size + 2 * p, stride) if start + touched[-1] < size + 2 * p)


def back(size, kernel, stride=1, padding=0, dilation=1, output_padding=0):
    """The last element that the last input touches, without what the padding cuts off."""
    return max(i * stride + u * dilation for i in range(size) for u in range(kernel)) + 1 - 2 * padding + output_padding


def ask(t, *args, **kwargs):
    want = expected(*args, **kwargs)
    assert want > 0
    t.equal(t.call(NAME, *args, **kwargs), want, "number of outputs")


def pick(t, low, high):
    return int(t.rng.integers(low, high))


def example_first_layer(t):
    """The first layer of many image networks."""
    t.equal(t.call(NAME, 224, 7, stride=2, padding=3), 112)


def example_way_back(t):
    """A transposed convolution that doubles the size."""
    t.equal(t.call(BACK, 16, 4, stride=2, padding=1), 32)


def test_kernel(t):
    """Kernels of all sizes, as large as the input too."""
    for size in (1, 2, 5, 28):
        for kernel in range(1, min(size, 8) + 1):
            ask(t, size, kernel)
    ask(t, 28, 28)


def test_stride(t):
    """Strides that do not divide, and that are larger than the kernel."""
    for size in (7, 8, 9, 10, 31, 32):
        for kernel in (1, 2, 3, 5):
            for stride in (1, 2, 3, 4):
                ask(t, size, kernel, stride)


def test_padding(t):
    """Padding on both sides; also kernels that fit only because of it."""
    for size in (3, 6, 7):
        for kernel in (1, 3, 4, 5):
            for padding in (2, 1, 3):
                ask(t, size, kernel, padding=padding)
                ask(t, size, kernel, 2, padding)


def test_dilation(t):
    """Kernels with holes."""
    for size in (16, 17, 18):
        for kernel in (1, 2, 3, 4):
            for dilation in (1, 2, 3, 4):
                ask(t, size, kernel, dilation=dilation)
                ask(t, size, kernel, 3, 1, dilation)


def test_valid_and_same(t):
    """Padding by name."""
    for size in (5, 6, 7, 32, 33):
        for stride in (1, 2, 3, 4):
            for kernel in (1, 2, 3, 5):
                ask(t, size, kernel, stride, padding="same")
                ask(t, size, kernel, stride, padding="valid")
    ask(t, 3, 7, 2, "same", 2)
    ask(t, 20, 3, stride=2, padding="valid", dilation=4)


def test_random(t):
    """Random sizes up to some hundreds."""
    for _ in range(60):
        size, kernel, dilation = pick(t, 40, 600), pick(t, 1, 9), pick(t, 1, 5)
        ask(t, size, kernel, pick(t, 1, 7), pick(t, 0, 9), dilation)


def test_does_not_fit(t):
    """A kernel that does not fit is refused, whatever the stride."""
    for stride in (1, 2, 3, 10):
        t.raises(NAME, 4, 5, stride=stride, error="ValueError")
        t.raises(NAME, 4, 7, stride, 1, error="ValueError")
        t.raises(NAME, 6, 3, stride=stride, dilation=3, error="ValueError")
        t.raises(NAME, 4, 5, stride=stride, padding="valid", error="ValueError")
    ask(t, 4, 6, 10, 1)
    ask(t, 7, 3, 5, dilation=3)


def test_transposed(t):
    """The size after a transposed convolution."""
    for _ in range(60):
        stride, kernel, dilation = pick(t, 1, 5), pick(t, 2, 6), pick(t, 1, 4)
        padding = pick(t, 0, dilation * (kernel - 1) // 2 + 1)
        args = (pick(t, 1, 30), kernel, stride, padding, dilation, pick(t, 0, stride))
        t.equal(t.call(BACK, *args), back(*args), "number of outputs")
    for args in [(5, 3), (5, 3, 2), (1, 1, 4), (4, 2, 2, 0, 3)]:
        t.equal(t.call(BACK, *args), back(*args), "number of outputs")
    t.equal(t.call(BACK, 7, 3, stride=2, padding=1, output_padding=1), 14, "number of outputs")


def test_there_and_back(t):
    """The transposed convolution is undone by the convolution."""
    for _ in range(30):
        stride, kernel, dilation = pick(t, 1, 5), pick(t, 2, 6), pick(t, 1, 4)
        padding = pick(t, 0, dilation * (kernel - 1) // 2 + 1)
        m, more = pick(t, 2, 30), pick(t, 0, stride)
        wide = t.call(BACK, m, kernel, stride, padding, dilation, more)
        t.equal(wide, back(m, kernel, stride, padding, dilation, more), "number of outputs")
        t.equal(t.call(NAME, int(wide), kernel, stride, padding, dilation), m, "number of outputs")


def test_transposed_to_nothing(t):
    """A transposed convolution whose padding cuts everything off is refused."""
    t.raises(BACK, 1, 1, padding=1, error="ValueError")
    t.raises(BACK, 2, 3, 1, 2, error="ValueError")
    t.raises(BACK, 1, 3, 2, 3, error="ValueError")
    t.equal(t.call(BACK, 3, 3, 1, 2), 1, "number of outputs")
