"""Unit quaternions, turned into matrices and applied with einsum."""

import numpy as np


def rotate_point_cloud(points, normals, axis, angle):
    length = np.sqrt((axis**2).sum(1))
    w = np.cos(angle / 2)
    x, y, z = (np.sin(angle / 2) / length * axis.T[i] for i in range(3))
    m = np.stack(
        [
            np.stack([1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)], -1),
            np.stack([2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)], -1),
            np.stack([2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)], -1),
        ],
        1,
    )
    c = points.mean(axis=1)[:, None]
    return [np.einsum("bij,bnj->bni", m, points - c) + c, np.einsum("bij,bnj->bni", m, normals)]
