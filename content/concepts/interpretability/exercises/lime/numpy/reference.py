import numpy as np


def lime(predict, x, baseline, masks, kernel_width=0.25, ridge=1.0):
    """Coefficients (d,) and intercept of the weighted ridge regression of scores on `masks` (m, d)."""
    inputs = np.where(masks == 1, x, baseline)
    y = predict(inputs)
    off = 1 - masks.mean(axis=1)
    w = np.exp(-(off**2) / kernel_width**2)
    design = np.concatenate([np.ones((len(masks), 1)), masks], axis=1)
    penalty = ridge * np.eye(design.shape[1])
    penalty[0, 0] = 0  # the intercept is free
    solution = np.linalg.solve(design.T @ (w[:, None] * design) + penalty, design.T @ (w * y))
    return solution[1:], solution[0]
