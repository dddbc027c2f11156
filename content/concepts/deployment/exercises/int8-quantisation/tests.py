"""Oracle: number by number in float64 and Python integers; exact halves (within rounding) may go either way."""

import numpy as np

SLACK = 1e-3
"""Around exact halves, for scales in float32."""


def check_integers(t, q, exact, what):
    """`q` is int8 and the nearest whole numbers to `exact`, at halves either."""
    t.check(isinstance(q, np.ndarray), f"{what} is not an array", got=q)
    t.check(q.dtype == np.int8, f"{what} has dtype {q.dtype}; wanted int8")
    t.check(q.shape == exact.shape, f"{what} has shape {q.shape}; wanted {exact.shape}")
    wrong = np.abs(np.asarray(q, dtype=np.float64) - exact) > 0.5 + SLACK
    t.check(
        not wrong.any(), f"{what} is not the nearest whole number in {int(wrong.sum())} of {wrong.size} places", got=q
    )


def triple(t, got, count):
    if not isinstance(got, tuple | list) or len(got) != count:
        t.fail(f"return {count} values", returned=got)
    return got


def ask_weights(t, weights):
    q, scales = triple(t, t.call("quantise_weights", weights), 2)
    wanted = []
    for row in weights.astype(np.float64).tolist():
        largest = max(abs(v) for v in row)
        wanted.append(largest / 127 if largest else 1.0)
    t.close(scales, np.array(wanted), rtol=1e-6, what="scales")  # float32 scales will do
    check_integers(t, q, weights / np.array(wanted)[:, None], "q")
    return np.asarray(q), np.asarray(scales)


def ask_activations(t, x):
    q, scale, zero_point = triple(t, t.call("quantise_activations", x), 3)
    values = x.astype(np.float64)
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    s = (high - low) / 255 if high > low else 1.0
    t.close(scale, s, rtol=1e-6, what="scale")  # a float32 scale will do
    exact = -128 - low / s
    t.close(zero_point, np.round(float(np.asarray(zero_point))), what="zero_point (a whole number)")
    z = round(float(np.asarray(zero_point)))
    t.check(abs(z - exact) <= 0.5 + SLACK, f"zero_point is {z}; wanted {exact:.6g} rounded to the nearest")
    check_integers(t, q, np.clip(values / s + z, -128, 127), "q")
    return np.asarray(q), s, z


def ask_linear(t, q_x, scale, zero_point, q_w, scales):
    got = t.call("quantised_linear", q_x, scale, zero_point, q_w, scales)
    wanted = np.zeros((len(q_x), len(q_w)))
    left, right = q_x.tolist(), q_w.tolist()
    for i, a in enumerate(left):
        for r, b in enumerate(right):
            total = sum((v - zero_point) * w for v, w in zip(a, b, strict=True))
            wanted[i, r] = scale * float(scales[r]) * total
    t.close(got, wanted, what="result")


def integers(t, *shape):
    return t.rng.integers(-128, 128, size=shape).astype(np.int8)


def random_weights(t, o, i):
    """Of which the largest in magnitude is negative in every second row, from the first."""
    weights = t.rng.normal(size=(o, i))
    weights[::2, i // 2] = -np.abs(weights[::2]).max(axis=1) * 1.37
    return weights


def example_weights(t):
    """Two rows of weights, one of them zeros."""
    ask_weights(t, np.array([[1.0, -2.0], [0.0, 0.0]]))


def example_activations(t):
    """Four activations."""
    ask_activations(t, np.array([[-1.0, 0.0], [0.6, 4.0]]))


def example_linear(t):
    """Two inputs, one output."""
    ask_linear(t, np.array([[10, -20]], dtype=np.int8), 0.1, 3, np.array([[4, 5]], dtype=np.int8), np.array([0.5]))


def test_weights(t):
    """Random weights, positive and negative."""
    ask_weights(t, random_weights(t, 6, 9))
    ask_weights(t, np.abs(t.rng.normal(size=(3, 5))))
    ask_weights(t, -np.abs(t.rng.normal(size=(4, 7))))


def test_rows_of_different_size(t):
    """Rows of small weights beside rows of large ones."""
    ask_weights(t, random_weights(t, 4, 8) * np.array([[1e-6], [1.0], [1e4], [0.03]]))


def test_rows_of_zeros(t):
    """A row of zeros, and only zeros."""
    weights = random_weights(t, 3, 5)
    weights[1] = 0
    ask_weights(t, weights)
    ask_weights(t, np.zeros((2, 4)))


def test_square_and_small_weights(t):
    """As many outputs as inputs; a single weight."""
    ask_weights(t, random_weights(t, 5, 5) * np.arange(1, 6)[:, None])
    ask_weights(t, np.array([[-0.37 - t.rng.random()]]))


def test_activations_of_both_signs(t):
    """Activations below and above 0, not centred."""
    for offset in np.linspace(-1, 1, 12):  # zero points below and above a half
        ask_activations(t, t.rng.uniform(-1, 1, size=(3, 7)) + 0.9 * offset)
    ask_activations(t, t.rng.uniform(-1, 4, size=(8, 7)))
    ask_activations(t, t.rng.uniform(-9, 2, size=(5, 11)))


def test_activations_of_one_sign(t):
    """All activations above 0, all but one, or all below: 0 stays in the range."""
    x = t.rng.uniform(2, 5, size=(3, 5))
    x[1, 2] = -0.5 - 0.1 * t.rng.random()
    ask_activations(t, x)
    ask_activations(t, t.rng.uniform(2, 5, size=(6, 4)))
    ask_activations(t, t.rng.uniform(-5, -2, size=(4, 6)))


def test_zero_is_exact(t):
    """An activation of 0 becomes the zero point itself."""
    x = t.rng.uniform(-2, 7, size=(5, 6))
    x[t.rng.permutation(5)[:3], t.rng.permutation(6)[:3]] = 0.0
    q, _, z = ask_activations(t, x)
    t.check((q[x == 0] == z).all(), "an activation of 0 is not represented by the zero point", got=q)
    q, _, z = ask_activations(t, np.maximum(x, 0))
    t.check(z == -128 and (q[x <= 0] == -128).all(), "zeros after a ReLU are not represented by -128", got=q)


def test_activations_at_exact_halves(t):
    """Both ends of the range lie on exact halves: no integer may leave the range of int8."""
    for below in (2 * t.rng.integers(50, 62) + 1, 2 * t.rng.integers(65, 78) + 1):
        low = -(below + 0.5)  # in units of the scale, a power of two, so that nothing is rounded before
        x = np.array([[low, 255 + low, 0.0], [low / 3, 10.0, 255 + low]]) * 2.0 ** int(t.rng.integers(-4, 5))
        ask_activations(t, x)
        ask_activations(t, x.astype(np.float32))


def test_activations_of_zeros(t):
    """Only zeros; two numbers; a single number."""
    ask_activations(t, np.array([[-1.0 - t.rng.random(), 3.0 + t.rng.random()]]))
    ask_activations(t, np.zeros((2, 3)))
    for value in (0.7 + t.rng.random(), -0.7 - t.rng.random()):
        ask_activations(t, np.array([[value]]))


def test_linear(t):
    """Random integers and zero points."""
    for zero_point in (-128, 0, 17, 127):
        scales = t.rng.uniform(0.01, 0.1, size=4)
        ask_linear(t, integers(t, 5, 7), 0.03 + 0.01 * t.rng.random(), zero_point, integers(t, 4, 7), scales)


def test_linear_does_not_overflow(t):
    """Ten thousand inputs of the largest size."""
    q_x = np.stack([np.full(9999, 127), np.full(9999, -128), t.rng.integers(120, 128, size=9999)]).astype(np.int8)
    q_w = np.stack([np.full(9999, 127), t.rng.integers(-127, -120, size=9999)]).astype(np.int8)
    scales = t.rng.uniform(0.01, 0.1, size=2)
    for zero_point in (-128, 127, -3):
        ask_linear(t, q_x, 0.03, zero_point, q_w, scales)


def test_linear_of_small_shapes(t):
    """One example, one output; as many outputs as inputs and examples."""
    ask_linear(t, integers(t, 1, 3), 0.2, -7, integers(t, 1, 3), np.array([0.4]))
    ask_linear(t, integers(t, 4, 4), 0.2, 11, integers(t, 4, 4), t.rng.uniform(0.01, 0.1, size=4))


def test_whole_layer(t):
    """The three together come close to the layer in floats."""
    weights = random_weights(t, 5, 30) * np.array([[0.01], [1.0], [20.0], [0.3], [5.0]])
    x = np.maximum(t.rng.normal(size=(8, 30)), 0)
    q_w, scales = ask_weights(t, weights)
    q_x, scale, zero_point = ask_activations(t, x)
    got = np.asarray(t.call("quantised_linear", q_x, scale, zero_point, q_w, scales))
    bound = scale / 2 * np.abs(weights).sum(axis=1) + scales / 2 * (np.abs(x).sum(axis=1)[:, None] + 30 * scale)
    t.check((np.abs(got - x @ weights.T) <= bound).all(), "the result is further from the layer than rounding explains")


def test_float32(t):
    """float32 weights and activations."""
    ask_weights(t, random_weights(t, 4, 6).astype(np.float32))
    ask_activations(t, t.rng.uniform(-1, 4, size=(6, 5)).astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(random_weights(t, 3, 6)).values():
        ask_weights(t, array)
        ask_activations(t, array)
