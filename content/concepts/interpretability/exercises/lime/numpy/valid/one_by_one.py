"""One prediction at a time; rows scaled by the roots of the weights; lstsq with extra rows."""

import numpy as np


def lime(predict, x, baseline, masks, kernel_width=0.25, ridge=1.0):
    _m, d = masks.shape
    rows, targets = [], []
    for mask in masks:
        inside = baseline.copy()
        inside[mask > 0.5] = x[mask > 0.5]
        share = np.count_nonzero(mask < 0.5) / d
        root = np.sqrt(np.exp(-(share**2) / kernel_width**2))
        rows.append(root * np.append(mask, 1.0))
        targets.append(root * float(predict(inside.reshape(1, -1))[0]))
    for j in range(d):
        extra = np.zeros(d + 1)
        extra[j] = np.sqrt(ridge)
        rows.append(extra)
        targets.append(0.0)
    theta, *_ = np.linalg.lstsq(np.array(rows), np.array(targets), rcond=None)
    return [theta[:-1], theta[-1]]
