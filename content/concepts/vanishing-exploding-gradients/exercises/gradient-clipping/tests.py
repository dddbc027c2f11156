"""Oracle: one long vector in float64; a constant of up to 1e-6 in the denominator is within the tolerance."""

import math

import numpy as np


def expected(gradients, max_norm):
    flat = [float(v) for g in gradients for v in np.asarray(g).ravel()]
    norm = math.hypot(*flat)
    wide = [np.asarray(g, dtype=np.float64) for g in gradients]
    return [g * (max_norm / norm) for g in wide] if norm > max_norm else wide, norm


def ask(t, gradients, max_norm):
    got = t.call("clip_by_global_norm", gradients, max_norm)
    if not isinstance(got, list | tuple) or len(got) != 2:
        t.fail("wanted a pair (clipped, norm)", returned=got)
    clipped, norm = expected(gradients, max_norm)
    t.close(got[1], norm, what="norm")
    t.close(got[0], clipped, rtol=1e-6 / norm if norm > max_norm - 1e-5 else None, what="clipped")


def draw(t, norm, shapes=((3, 4), (4,), (2, 3, 2), (1,))):
    """Gradients of very different sizes, of that global norm."""
    raw = [t.rng.normal(size=s) * f for s, f in zip(shapes, (1.0, 0.2, 2.0, 0.7), strict=False)]
    return [g * (norm / math.sqrt(sum((g**2).sum() for g in raw))) for g in raw]


def example_three_four_five(t):
    """The example of the statement."""
    ask(t, [np.array([3.0, 0.0]), np.array([[4.0]])], 1.0)


def test_clipped(t):
    """Norms above the maximum."""
    for norm, most in [(7.0, 2.0), (3.0, 2.5), (1e3, 1.0), (50.0, 0.1)]:
        ask(t, draw(t, norm * (1 + 0.1 * t.rng.random())), most)


def test_not_clipped(t):
    """Norms below the maximum: the gradients stay as they are."""
    for norm, most in [(0.5, 1.0), (3.0, 10.0), (1e-4, 1.0), (4.0, 5.0)]:
        ask(t, draw(t, norm), most)


def test_together_but_not_apart(t):
    """No array alone is above the maximum; together they are."""
    gradients = draw(t, 3.0, ((5,), (5,), (5,)))
    gradients = [g * (1.7 / np.linalg.norm(g)) for g in gradients]
    ask(t, gradients, 2.0)


def test_one_entry_above(t):
    """Some arrays, and some entries, are far above the maximum and others far below."""
    gradients = draw(t, 1.0)
    gradients[1][2] = 30.0 + t.rng.random()
    ask(t, gradients, 1.5)


def test_single_array(t):
    """A list with one array, of any shape."""
    for shape in [(6,), (2, 3), (1, 1, 4)]:
        ask(t, draw(t, 9.0, (shape,)), 2.0)
        ask(t, draw(t, 0.9, (shape,)), 2.0)


def test_exactly_at_the_maximum(t):
    """A norm of exactly the maximum."""
    ask(t, [np.array([3.0, 0.0]), np.array([[-4.0]])], 5.0)


def test_zero(t):
    """Gradients of zero stay zero; no gradients give none."""
    got = t.call("clip_by_global_norm", [np.zeros((2, 3)), np.zeros(4)], 1.0)
    t.close(got, ([np.zeros((2, 3)), np.zeros(4)], 0.0), what="(clipped, norm)")
    t.close(t.call("clip_by_global_norm", [], 1.0), ([], 0.0), what="(clipped, norm) of an empty list")


def test_small_gradients_and_maximum(t):
    """A small maximum, and smaller gradients."""
    ask(t, draw(t, 0.5), 0.02)
    ask(t, draw(t, 1e-3), 0.02)
    ask(t, draw(t, 1e-9), 1e-3)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, [g.astype(np.float32) for g in draw(t, 6.0)], 1.5)
    ask(t, [g.astype(np.float32) for g in draw(t, 1.0)], 1.5)


def test_huge_float32(t):
    """float32 gradients whose squares do not fit into float32."""
    for norm in (1e25, 1e30):
        ask(t, [g.astype(np.float32) for g in draw(t, norm)], 1.0)


def test_not_finite(t):
    """NaN and infinity are refused, wherever they stand."""
    for bad in (np.nan, np.inf, -np.inf):
        for place in range(4):
            gradients = draw(t, 2.0)
            gradients[place].flat[-1] = bad
            t.raises("clip_by_global_norm", gradients, 1.0)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(draw(t, 5.0)[0]).values():
        ask(t, [array, np.ones(3)], 1.0)
