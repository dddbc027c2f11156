"""Oracle: fans counted over the index set, and the definition in plain Python; a deep ReLU network keeps its signal."""

import math

import numpy as np

SHAPES = [(3, 2), (4, 7), (5, 5), (6, 1), (1, 3), (4, 3, 5), (2, 6, 3, 5), (3, 2, 1, 1), (2, 3, 2, 4, 3)]


def spread(shape, negative_slope=0.0, mode="fan_in"):
    weights = np.zeros(shape)
    fan = weights[0].size if mode == "fan_in" else weights[:, 0].size
    kept = (1 + negative_slope**2) / 2
    return math.sqrt(1 / (kept * fan))


def normal(z, **options):
    return np.asarray(z, dtype=np.float64) * spread(z.shape, **options)


def uniform(u, **options):
    bound = math.sqrt(3.0) * spread(u.shape, **options)
    return np.interp(np.asarray(u, dtype=np.float64), [0.0, 1.0], [-bound, bound])


def ask(t, shape, dtype=np.float64, **options):
    z, u = t.rng.normal(size=shape).astype(dtype), t.rng.random(size=shape).astype(dtype)
    t.close(t.call("he_normal", z, **options), normal(z, **options), what="he_normal")
    t.close(t.call("he_uniform", u, **options), uniform(u, **options), what="he_uniform")


def example_dense(t):
    """A dense layer with two inputs and three outputs."""
    z = np.array([[1.0, -0.5], [0.3, 2.0], [0.0, -1.0]])
    t.close(t.call("he_normal", z), z, what="he_normal")
    t.close(t.call("he_uniform", np.full((3, 2), 0.75)), np.full((3, 2), math.sqrt(3) / 2), what="he_uniform")


def test_gain(t):
    """The gain for slopes of all kinds."""
    t.close(t.call("gain"), math.sqrt(2))
    for slope in (0.0, 0.01, 0.25, 1.0, 2.0, -0.5, float(t.rng.uniform(0.1, 3))):
        t.close(t.call("gain", slope), math.sqrt(2 / (1 + slope**2)), what=f"gain({slope})")


def test_dense(t):
    """Dense layers."""
    for shape in SHAPES[:5]:
        ask(t, shape)


def test_convolutions(t):
    """Convolutions with kernels of one to three dimensions."""
    for shape in SHAPES[5:]:
        ask(t, shape)


def test_fan_out(t):
    """Every shape with mode fan_out, and with fan_in by name."""
    for shape in SHAPES:
        ask(t, shape, mode="fan_out")
        ask(t, shape, mode="fan_in")


def test_negative_slope(t):
    """Slopes of leaky ReLU."""
    for slope in (0.01, 0.3, 1.0, 1.7, -0.4):
        ask(t, (4, 7), negative_slope=slope)
        ask(t, (2, 6, 3, 5), negative_slope=slope, mode="fan_out")


def test_unknown_mode(t):
    """An unknown mode is refused."""
    for mode in ("fan_avg", "", "FAN_IN", "FAN_OUT"):
        t.raises("he_normal", t.rng.normal(size=(3, 4)), mode=mode)
        t.raises("he_uniform", t.rng.random(size=(3, 4)), mode=mode)


def test_ends_of_the_interval(t):
    """u = 0 is the lower end, u = 1/2 the middle."""
    u = t.rng.random(size=(3, 5))
    u[0, 0], u[1, 2] = 0.0, 0.5
    t.close(t.call("he_uniform", u), uniform(u))


def test_signal_is_kept(t):
    """Twenty ReLU layers keep the size of the signal, with both variants."""
    width, depth = 128, 20
    for name in ("he_normal", "he_uniform"):
        x = t.rng.normal(size=(64, width))
        for _ in range(depth):
            shape = (width, width)
            draws = t.rng.normal(size=shape) if name == "he_normal" else t.rng.random(size=shape)
            w = np.asarray(t.call(name, draws))
            t.check(w.shape == shape, f"{name}: the shape is {w.shape}; wanted {shape}")
            x = np.maximum(x @ w.T, 0)
        size = float((x**2).mean())
        t.check(
            1e-3 < size < 1e3, f"{name}: after {depth} layers the signal has vanished or exploded", got=size, want=1.0
        )


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, (6, 4), dtype=np.float32)
    ask(t, (3, 2, 5), dtype=np.float32, mode="fan_out", negative_slope=0.2)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.random(size=(4, 6))).values():
        t.close(t.call("he_uniform", array, mode="fan_out"), uniform(array, mode="fan_out"))
        t.close(t.call("he_normal", array), normal(array))
