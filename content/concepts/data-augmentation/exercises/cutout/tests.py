"""Oracle: every pixel asked whether it lies in the square."""

import numpy as np


def expected(images, centres, size, fill=0.0):
    result = np.array(images)
    n, _, h, w = images.shape
    for i in range(n):
        y, x = (int(v) - size // 2 for v in centres[i])
        for r in range(h):
            for s in range(w):
                if y <= r < y + size and x <= s < x + size:
                    result[i, :, r, s] = fill
    return result


def ask(t, images, centres, size, *fill):
    t.close(
        t.call("cutout", images, np.array(centres), size, *fill), expected(images, centres, size, *fill), what="images"
    )


def pixels(t, *shape):
    return t.rng.uniform(1, 2, size=shape)


def example_one_row(t):
    """A row of five pixels, two centres."""
    ask(t, np.array([[[[1.0, 2.0, 3.0, 4.0, 5.0]]]]), [[0, 1]], 3)
    ask(t, np.array([[[[1.0, 2.0, 3.0, 4.0, 5.0]]]]), [[0, 0]], 4)


def test_inside(t):
    """Squares that lie inside the image, odd and even."""
    for size in (3, 4):
        ask(t, pixels(t, 3, 2, 9, 11), [[4, 5], [3, 7], [6, 2]], size)


def test_at_the_borders(t):
    """Squares that are cut off on each side and in the corners."""
    centres = [[0, 0], [0, 9], [6, 0], [6, 9], [3, 0], [0, 4], [6, 5], [2, 9], [1, 1]]
    for size in (4, 5):
        ask(t, pixels(t, 9, 3, 7, 10), centres, size)


def test_random_centres(t):
    """Random centres, each image with its own."""
    centres = np.stack([t.rng.integers(6, size=20), t.rng.integers(13, size=20)], axis=1)
    centres[:3] = [[0, 12], [5, 0], [2, 6]]
    ask(t, pixels(t, 20, 2, 6, 13), centres, 5)


def test_fill(t):
    """Another fill than zero."""
    ask(t, pixels(t, 2, 3, 5, 6), [[1, 4], [3, 2]], 3, -0.5)


def test_one_pixel_and_none(t):
    """A square of a single pixel, and an empty one."""
    for size in (1, 0):
        ask(t, pixels(t, 2, 2, 4, 5), [[3, 1], [0, 4]], size)


def test_larger_than_the_image(t):
    """A square that covers the whole image, or all of its height."""
    ask(t, pixels(t, 2, 1, 4, 5), [[2, 2], [0, 4]], 20)
    ask(t, pixels(t, 1, 2, 4, 15), [[2, 7]], 8)


def test_one_image(t):
    """A batch of one with a single channel."""
    ask(t, pixels(t, 1, 1, 6, 4), [[5, 1]], 2)


def test_zeros_and_negatives(t):
    """Pixels that are negative or large are erased too."""
    ask(t, t.rng.normal(size=(3, 2, 5, 7)) * 1e3, [[2, 3], [0, 6], [4, 0]], 3)


def test_float32(t):
    """float32 images."""
    ask(t, pixels(t, 2, 3, 6, 5).astype(np.float32), [[1, 4], [5, 2]], 3)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(pixels(t, 2, 3, 4, 6)).values():
        ask(t, array, [[0, 3], [2, 5]], 3)
