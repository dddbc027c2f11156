"""Oracle: a matrix built from a basis of which one vector is the axis; distances and the axis itself as properties."""

import math

import numpy as np


def rotation(axis, angle):
    """In a right-handed basis of two vectors across the axis and the axis itself, the turn is one of a plane."""
    k = np.asarray(axis, dtype=np.float64)
    k = k / math.sqrt(sum(v * v for v in k))
    helper = np.eye(3)[np.argmin(np.abs(k))]
    first = helper - (helper @ k) * k
    first /= math.sqrt(first @ first)
    x, y = k, first
    second = np.array([x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]])
    basis = np.stack([first, second, k], axis=1)
    c, s = math.cos(angle), math.sin(angle)
    return basis @ np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]]) @ basis.T


def expected(points, normals, axis, angle):
    turned, directions = np.zeros(points.shape), np.zeros(points.shape)
    for i in range(len(points)):
        matrix = rotation(axis[i], float(angle[i]))
        centre = points[i].astype(np.float64).mean(axis=0)
        for j in range(points.shape[1]):
            turned[i, j] = centre + matrix @ (points[i, j] - centre)
            directions[i, j] = matrix @ normals[i, j]
    return turned, directions


def ask(t, points, normals, axis, angle):
    got = t.call("rotate_point_cloud", points, normals, axis, angle)
    t.close(got, expected(points, normals, axis, angle), what="(points, normals)")
    return got


def cloud(t, b, n):
    """Points that are not centred, normals of length 1."""
    normals = t.rng.normal(size=(b, n, 3))
    points = t.rng.normal(size=(b, n, 3)) + t.rng.uniform(3, 6, size=(b, 1, 3))
    return points, normals / np.linalg.norm(normals, axis=-1, keepdims=True)


def axes(t, b):
    """Axes of different lengths, none along a coordinate."""
    return t.rng.uniform(0.5, 2, size=(b, 3)) * np.array([1, -1.5, 2]) + 0.1


def example_quarter_turn(t):
    """Two points, a quarter turn about the z axis."""
    points = np.array([[[1.0, 0.0, 0.0], [-1.0, 0.0, 1.0]]])
    normals = np.array([[[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]])
    ask(t, points, normals, np.array([[0.0, 0.0, 2.0]]), np.array([np.pi / 2]))


def test_any_axis(t):
    """Axes of any direction and length, a different one for each cloud."""
    ask(t, *cloud(t, 4, 7), axes(t, 4), t.rng.uniform(0.4, 1.4, size=4))


def test_coordinate_axes(t):
    """Turns about x, y and z."""
    ask(t, *cloud(t, 3, 5), np.eye(3), t.rng.uniform(0.4, 1.4, size=3))
    ask(t, *cloud(t, 3, 5), -3 * np.eye(3), t.rng.uniform(0.4, 1.4, size=3))


def test_negative_and_large_angles(t):
    """Angles below 0 and beyond a half turn."""
    ask(t, *cloud(t, 4, 6), axes(t, 4), np.array([-0.7, 2.5, -4.0, 9.1]) + 0.1 * t.rng.random(4))


def test_no_turn(t):
    """An angle of 0 changes nothing, half a turn does not depend on the sign."""
    points, normals = cloud(t, 2, 4)
    ask(t, points, normals, axes(t, 2), np.zeros(2))
    ask(t, points, normals, axes(t, 2), np.array([np.pi, -np.pi]))


def test_distances_stay(t):
    """Distances between points, lengths of normals and the centroid stay."""
    points, normals = cloud(t, 2, 8)
    turned, directions = ask(t, points, normals, axes(t, 2), np.array([0.8, -1.1]))
    turned, directions = np.asarray(turned), np.asarray(directions)
    before = np.linalg.norm(points[:, :, None] - points[:, None], axis=-1)
    t.close(np.linalg.norm(turned[:, :, None] - turned[:, None], axis=-1), before, what="distances")
    t.close(np.linalg.norm(directions, axis=-1), np.ones((2, 8)), what="lengths of the normals")
    t.close(turned.mean(axis=1), points.mean(axis=1), what="centroid")


def test_length_of_normals(t):
    """Normals keep their length, whatever it is."""
    points, normals = cloud(t, 2, 5)
    ask(t, points, normals * t.rng.uniform(2, 5, size=(2, 5, 1)), axes(t, 2), np.array([0.5, 1.2]))


def test_square_shapes(t):
    """Three clouds of three points."""
    ask(t, *cloud(t, 3, 3), axes(t, 3), np.array([0.5, 1.2, -0.8]))


def test_small_batches(t):
    """One cloud; a single point, which does not move."""
    ask(t, *cloud(t, 1, 6), axes(t, 1), np.array([1.1]))
    ask(t, *cloud(t, 2, 1), axes(t, 2), np.array([1.1, -0.4]))


def test_float32(t):
    """float32 in, right to float32 precision."""
    arrays = [a.astype(np.float32) for a in (*cloud(t, 2, 6), axes(t, 2), np.array([0.7, -1.3]))]
    ask(t, *arrays)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    points, normals = cloud(t, 2, 4)
    for array in t.layouts(points).values():
        ask(t, array, normals, axes(t, 2), np.array([0.7, -1.3]))
