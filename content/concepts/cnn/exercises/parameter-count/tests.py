"""Oracle: build every parameter array's shape and multiply; sizes by counting windows."""

from math import prod

NAME = "parameter_count"


def windows(size, kernel, stride, padding):
    return len(range(0, size + 2 * padding - kernel + 1, stride))


def expected(layers, input_shape):
    counts, shape = [], tuple(input_shape)
    for layer in layers:
        kind, arrays = layer["kind"], []
        if kind == "conv":
            kernel = layer["kernel"]
            kh, kw = kernel if isinstance(kernel, tuple) else (kernel, kernel)
            arrays.append((layer["filters"], shape[0] // layer.get("groups", 1), kh, kw))
            arrays += [(layer["filters"],)] * layer.get("bias", True)
            s, p = layer.get("stride", 1), layer.get("padding", 0)
            shape = (layer["filters"], windows(shape[1], kh, s, p), windows(shape[2], kw, s, p))
        elif kind == "pool":
            s, p = layer.get("stride", layer["size"]), layer.get("padding", 0)
            shape = (shape[0], *(windows(n, layer["size"], s, p) for n in shape[1:]))
        elif kind == "batch_norm":
            arrays += [(shape[0],), (shape[0],)]
        elif kind == "flatten":
            shape = (prod(shape),)
        elif kind == "global_pool":
            shape = shape[:1]
        elif kind == "dense":
            arrays.append((shape[0], layer["units"]))
            arrays += [(layer["units"],)] * layer.get("bias", True)
            shape = (layer["units"],)
        assert min(shape) > 0
        counts.append(sum(prod(a) for a in arrays))
    return counts


def conv(filters, kernel, **more):
    return {"kind": "conv", "filters": filters, "kernel": kernel, **more}


def pool(size, **more):
    return {"kind": "pool", "size": size, **more}


def dense(units, **more):
    return {"kind": "dense", "units": units, **more}


FLATTEN, RELU, NORM, GLOBAL = ({"kind": k} for k in ("flatten", "relu", "batch_norm", "global_pool"))


def ask(t, layers, shape):
    t.equal(t.call(NAME, layers, shape), expected(layers, shape), "parameters of each layer")


def pick(t, low, high):
    return int(t.rng.integers(low, high))


def example_of_the_statement(t):
    """The example of the statement."""
    t.equal(t.call(NAME, [conv(8, 3), FLATTEN, dense(10)], (3, 6, 6)), [224, 0, 1290])


def example_small_network(t):
    """Convolution, normalisation, pooling, two dense layers."""
    ask(t, [conv(6, 5), NORM, RELU, pool(2), FLATTEN, dense(20), RELU, dense(10)], (1, 28, 28))


def test_convolutions(t):
    """Filters of several sizes, one after the other."""
    for _ in range(10):
        a, b, c = pick(t, 2, 40), pick(t, 2, 40), pick(t, 2, 40)
        ask(
            t,
            [conv(a, 3), conv(b, (1, 5)), conv(c, (4, 2), bias=False), conv(a, 1, bias=True)],
            (pick(t, 2, 9), 20, 21),
        )


def test_groups(t):
    """Grouped and depthwise convolutions."""
    for g in (2, 3, 6):
        ask(t, [conv(12, 3), conv(6 * g, 3, groups=g), conv(4 * g, (3, 1), groups=g, bias=False)], (5, 12, 13))
    ask(t, [conv(8, 3, groups=8, padding=1), conv(24, 1), RELU, conv(24, 5, groups=24, bias=False)], (8, 9, 10))


def test_dense(t):
    """Fully connected layers, with and without biases."""
    for _ in range(5):
        units = pick(t, 2, 90)
        ask(
            t,
            [FLATTEN, dense(units), RELU, dense(pick(t, 2, 90), bias=False), dense(7, bias=True)],
            (3, 4, pick(t, 5, 9)),
        )


def test_sizes_after_convolution(t):
    """Stride and padding decide about the inputs of the dense layer."""
    for kernel in (1, 2, 3, (3, 5), (2, 4)):
        for stride in (1, 2, 3):
            for padding in (0, 1, 2):
                layers = [conv(4, kernel, stride=stride, padding=padding), FLATTEN, dense(11)]
                ask(t, layers, (3, pick(t, 8, 12), pick(t, 12, 17)))


def test_sizes_after_pooling(t):
    """Pooling with its default stride, with another one, and with padding."""
    for size in (2, 3):
        for more in ({}, {"stride": 1}, {"stride": 2}, {"stride": 3, "padding": 1}, {"padding": 1}):
            ask(t, [pool(size, **more), FLATTEN, dense(5)], (2, 11, 14))
            ask(t, [conv(3, 3), pool(size, **more), pool(2), FLATTEN, dense(5, bias=False)], (2, 16, 23))


def test_batch_norm(t):
    """Normalisation after convolutions and after dense layers."""
    ask(t, [NORM, conv(7, 3, bias=False), NORM, RELU, pool(2), NORM, FLATTEN, NORM, dense(9), NORM], (4, 9, 12))


def test_global_pool(t):
    """A vector with one element for each channel."""
    ask(t, [conv(pick(t, 5, 30), 3), GLOBAL, dense(10), dense(3)], (3, 8, 9))
    ask(t, [GLOBAL, NORM, dense(4, bias=False)], (6, 7, 5))


def test_nothing(t):
    """Layers without parameters, and no layers."""
    ask(t, [RELU, pool(2), FLATTEN, RELU], (3, 4, 6))
    ask(t, [], (3, 4, 6))


def test_large_network(t):
    """A network with many millions of parameters."""
    block = [conv(512, 3, padding=1), NORM, RELU, conv(512, 3, padding=1), RELU, pool(2)]
    ask(
        t,
        [conv(64, 7, stride=2, padding=3), pool(3, stride=2, padding=1), *block, *block, FLATTEN, dense(4096)],
        (3, 224, 200),
    )
