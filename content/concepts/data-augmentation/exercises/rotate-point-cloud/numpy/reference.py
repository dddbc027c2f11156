import numpy as np


def rotate_point_cloud(points, normals, axis, angle):
    """`points` and `normals` (b, n, 3) turned by `angle` (b,) about `axis` (b, 3), the points about their centroid."""
    k = axis / np.linalg.norm(axis, axis=1, keepdims=True)
    k = k[:, None, :]
    cos, sin = np.cos(angle)[:, None, None], np.sin(angle)[:, None, None]

    def turned(v):
        along = (k * v).sum(axis=-1, keepdims=True)
        return v * cos + np.cross(k, v) * sin + k * along * (1 - cos)

    centroid = points.mean(axis=1, keepdims=True)
    return centroid + turned(points - centroid), turned(normals)
