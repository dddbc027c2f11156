"""Oracle: pixel by pixel with a tent kernel over the whole picture; quarter turns by np.rot90 too."""

import math

import numpy as np


def expected(image, angle):
    wide = np.asarray(image, dtype=np.float64)
    h, w = wide.shape[:2]
    sin, cos = math.sin(math.radians(angle)), math.cos(math.radians(angle))
    result = np.zeros(wide.shape)
    for r in range(h):
        for s in range(w):
            down, right = r - (h - 1) / 2, s - (w - 1) / 2
            y = (h - 1) / 2 + right * sin + down * cos
            x = (w - 1) / 2 + right * cos - down * sin
            rows = np.maximum(0, 1 - np.abs(np.arange(h) - y))
            columns = np.maximum(0, 1 - np.abs(np.arange(w) - x))
            result[r, s] = np.tensordot(np.outer(rows, columns), wide, 2)
    return result


def ask(t, image, angle):
    got = t.call("rotate_image", image, angle)
    t.close(got, expected(image, angle), what="image")


def example_quarter_turn(t):
    """Four pixels, 90 degrees."""
    ask(t, np.array([[1.0, 2.0], [3.0, 4.0]]), 90)


def test_any_angle(t):
    """Several angles of both signs."""
    for angle in (17.3, -31.0, 5, 61.5, -88.2):
        ask(t, t.rng.uniform(1, 2, size=(7, 7)), angle + t.rng.uniform(-1, 1))


def test_not_square(t):
    """A picture that is wider than it is high, and one that is higher."""
    ask(t, t.rng.uniform(1, 2, size=(5, 9)), t.rng.uniform(20, 30))
    ask(t, t.rng.uniform(1, 2, size=(8, 3)), t.rng.uniform(-50, -40))


def test_channels(t):
    """Colour pictures."""
    ask(t, t.rng.uniform(1, 2, size=(6, 5, 3)), t.rng.uniform(10, 60))
    ask(t, t.rng.uniform(1, 2, size=(4, 7, 1)), t.rng.uniform(-60, -10))


def test_quarter_turns(t):
    """Quarter turns of a square picture move pixels and change none."""
    for size in (4, 5):
        image = t.rng.uniform(1, 2, size=(size, size, 2))
        for turns in (1, 2, 3, -1):
            t.close(t.call("rotate_image", image, 90 * turns), np.rot90(image, turns), what=f"{turns} quarter turns")


def test_no_turn(t):
    """Angles of 0 and 360 degrees leave the picture as it is."""
    image = t.rng.uniform(1, 2, size=(4, 6))
    for angle in (0, 360, -720.0):
        t.close(t.call("rotate_image", image, angle), image, what="image")


def test_border(t):
    """What comes from outside is 0 and fades in."""
    for angle in (45.0, -45.0, 135.0):
        ask(t, np.ones((6, 9)) + t.rng.random((6, 9)), angle)


def test_large_angle(t):
    """Beyond a half turn and a whole turn."""
    for angle in (200.0, -250.0, 391.0):
        ask(t, t.rng.uniform(1, 2, size=(5, 6)), angle + t.rng.uniform(-5, 5))


def test_thin_pictures(t):
    """A single row, a single column, a single pixel."""
    for shape in ((1, 6), (5, 1), (1, 1)):
        ask(t, t.rng.uniform(1, 2, size=shape), 33.0 + t.rng.random())


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, t.rng.uniform(1, 2, size=(6, 7, 2)).astype(np.float32), t.rng.uniform(20, 50))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.uniform(1, 2, size=(4, 6))).values():
        ask(t, array, 25.0 + t.rng.random())
