"""A rotation matrix for each cloud from the cross-product matrix."""

import numpy as np


def rotate_point_cloud(points, normals, axis, angle):
    new_points, new_normals = np.empty_like(points), np.empty_like(normals)
    for i in range(len(points)):
        x, y, z = axis[i] / np.sqrt(np.sum(axis[i] ** 2))
        cross = np.array([[0, -z, y], [z, 0, -x], [-y, x, 0]])
        matrix = np.eye(3) + np.sin(angle[i]) * cross + (1 - np.cos(angle[i])) * cross @ cross
        centre = points[i].mean(0)
        new_points[i] = (points[i] - centre) @ matrix.T + centre
        new_normals[i] = normals[i] @ matrix.T
    return new_points, new_normals
