"""Weighted means taken off first; the intercept from them afterwards."""

import numpy as np


def lime(predict, x, baseline, masks, kernel_width=0.25, ridge=1.0):
    z = masks.astype(np.float64)
    y = np.asarray(predict(z * x + (1 - z) * baseline), dtype=np.float64)
    distance = (z == 0).sum(axis=1) / z.shape[1]
    w = np.exp(-((distance / kernel_width) ** 2))
    w = w / w.sum() * w.sum()
    z_mean, y_mean = np.average(z, axis=0, weights=w), np.average(y, weights=w)
    zc, yc = z - z_mean, y - y_mean
    beta = np.linalg.solve((zc * w[:, None]).T @ zc + ridge * np.eye(z.shape[1]), (zc * w[:, None]).T @ yc)
    return beta, float(y_mean - z_mean @ beta)
