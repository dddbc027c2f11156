"""Oracle: the set of input elements behind a unit, found by going back layer by layer."""

NAME = "receptive_field"


def seen(unit, layers):
    """First and last input element behind a unit of the last layer."""
    units = {unit}
    for kernel, stride, dilation in reversed(layers):
        units = {u * stride + i * dilation for u in units for i in range(kernel)}
    return min(units), max(units)


def expected(layers):
    (first, last), (following, _) = seen(0, layers), seen(1, layers)
    return last - first + 1, following - first


def ask(t, layers):
    t.equal(t.call(NAME, layers), expected(layers), "(size, step)")


def pick(t, low, high):
    return int(t.rng.integers(low, high))


def example_two_layers(t):
    """Two layers with kernel 3."""
    t.equal(t.call(NAME, [(3, 1, 1), (3, 1, 1)]), (5, 1))


def example_with_pooling(t):
    """Convolution, pooling, convolution."""
    ask(t, [(3, 1, 1), (2, 2, 1), (3, 1, 1)])


def test_one_layer(t):
    """A single layer with stride and dilation."""
    for kernel in (1, 2, 3, 7):
        for stride in (1, 2, 3):
            for dilation in (1, 2, 4):
                ask(t, [(kernel, stride, dilation)])


def test_no_layer(t):
    """An empty list, and layers that look at one element only."""
    ask(t, [])
    ask(t, [(1, 1, 1), (1, 1, 3)])


def test_plain_stacks(t):
    """Stacks without strides."""
    for depth in (2, 3, 5):
        ask(t, [(pick(t, 2, 6), 1, 1) for _ in range(depth)])


def test_strides(t):
    """Strides widen what comes behind them; the order matters."""
    ask(t, [(3, 2, 1), (5, 1, 1)])
    ask(t, [(5, 1, 1), (3, 2, 1)])
    ask(t, [(7, 2, 1), (3, 2, 1), (3, 1, 1), (3, 2, 1), (2, 3, 1)])
    ask(t, [(1, 2, 1), (3, 1, 1), (1, 3, 1), (2, 1, 1)])


def test_dilation(t):
    """Growing dilation, with and without strides."""
    ask(t, [(2, 1, 2**i) for i in range(5)])
    ask(t, [(3, 2, 2), (3, 1, 4), (2, 3, 3), (3, 1, 2)])


def test_stride_larger_than_kernel(t):
    """Layers that leave gaps."""
    ask(t, [(2, 3, 1), (2, 4, 1), (3, 1, 1)])
    ask(t, [(1, 4, 1), (2, 5, 2)])


def test_deep_stack(t):
    """Fields and steps of many thousands."""
    depth = pick(t, 16, 20)
    t.equal(t.call(NAME, [(3, 2, 1)] * depth), (2 ** (depth + 1) - 1, 2**depth), "(size, step)")


def test_random(t):
    """Random stacks."""
    for _ in range(25):
        ask(t, [(pick(t, 1, 5), pick(t, 1, 4), pick(t, 1, 4)) for _ in range(pick(t, 2, 6))])
