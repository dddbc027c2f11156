"""Oracle: pixel by pixel from the unpadded image."""

import numpy as np


def expected(images, padding, size, top, left, flip):
    n, h, w, c = images.shape
    result = np.zeros((n, *size, c), dtype=images.dtype)
    for i in range(n):
        for row in range(size[0]):
            for column in range(size[1]):
                y = row + top[i] - padding
                x = (size[1] - 1 - column if flip[i] else column) + left[i] - padding
                if 0 <= y < h and 0 <= x < w:
                    result[i, row, column] = images[i, y, x]
    return result


def ask(t, images, padding, size, top, left, flip):
    got = t.call("random_crop_and_flip", images, padding, size, top, left, flip)
    t.equal(got, expected(images, padding, size, top, left, flip), what="images")
    if got.dtype != images.dtype:
        t.fail(f"the dtype is {got.dtype}; wanted {images.dtype}", returned=got)


def draw(t, n, h, w, padding, size):
    top = t.rng.integers(h + 2 * padding - size[0] + 1, size=n)
    left = t.rng.integers(w + 2 * padding - size[1] + 1, size=n)
    return top, left, t.rng.random(n) < 0.5


def pixels(t, *shape):
    return t.rng.uniform(1, 2, size=shape)


def example_two_pixels(t):
    """The image of the statement, plain and flipped."""
    images = np.array([[[[1.0], [2.0]]], [[[1.0], [2.0]]]])
    ask(t, images, 1, (1, 2), np.array([1, 1]), np.array([2, 2]), np.array([False, True]))


def test_crop_only(t):
    """Windows of several places, not flipped."""
    top, left = np.array([0, 4, 2, 1]), np.array([3, 0, 1, 4])
    ask(t, pixels(t, 4, 5, 7, 3), 2, (5, 7), top, left, np.zeros(4, dtype=bool))


def test_flip_only(t):
    """No padding, window as large as the image: some are mirrored."""
    ask(t, pixels(t, 3, 4, 6, 2), 0, (4, 6), np.zeros(3, int), np.zeros(3, int), np.array([True, False, True]))


def test_both(t):
    """Off-centre windows of which some are flipped."""
    top, left = np.array([0, 6, 3, 5]), np.array([1, 0, 5, 4])
    ask(t, pixels(t, 4, 6, 5, 3), 3, (6, 5), top, left, np.array([True, True, False, True]))


def test_random_batch(t):
    """Random windows smaller than the image."""
    size = (5, 8)
    ask(t, pixels(t, 12, 9, 11, 3), 2, size, *draw(t, 12, 9, 11, 2, size))


def test_larger_window(t):
    """A window larger than the image shows the padding on all sides."""
    size = (7, 9)
    ask(t, pixels(t, 3, 4, 5, 2), 3, size, np.array([1, 0, 3]), np.array([0, 2, 1]), np.array([False, True, True]))


def test_one_image(t):
    """A batch of one with a single channel."""
    ask(t, pixels(t, 1, 3, 5, 1), 1, (3, 4), np.array([2]), np.array([0]), np.array([True]))


def test_bytes(t):
    """uint8 in, uint8 out."""
    images = t.rng.integers(1, 256, size=(4, 5, 6, 3)).astype(np.uint8)
    top, left = np.array([0, 4, 2, 3]), np.array([4, 1, 0, 3])
    ask(t, images, 2, (5, 6), top, left, np.array([True, False, True, False]))


def test_float32(t):
    """float32 in, float32 out."""
    images = pixels(t, 3, 5, 4, 2).astype(np.float32)
    ask(t, images, 1, (4, 5), np.array([0, 2, 1]), np.array([1, 0, 1]), np.array([True, False, True]))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(pixels(t, 3, 4, 5, 3)).values():
        ask(t, array, 1, (4, 5), np.array([0, 2, 1]), np.array([2, 0, 1]), np.array([True, False, True]))
