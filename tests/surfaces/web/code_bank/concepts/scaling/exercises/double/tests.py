"""Oracle: the definition."""

import numpy as np


def example_two_numbers(t):
    """Two numbers."""
    x = np.array([[1.0, 2.0]])
    t.close(t.call("double", x), 2 * x)


def test_random_arrays(t):
    """Random `arrays` of several shapes."""
    for shape in [(3,), (2, 4)]:
        x = t.rng.normal(size=shape) + 5
        t.close(t.call("double", x), 2 * x)


def test_the_unit(t):
    """The unit."""
    t.either(t.call("unit"), "unit", {"one": 1.0, "hundred": 100.0})
