"""Plain loops over examples and features."""

import numpy as np


def batch_gradient_descent(x, y, w, b, learning_rate, epochs, tolerance=0.0):
    n, d = x.shape
    weights, bias, costs = [float(v) for v in w], float(b), []
    for _ in range(epochs):
        cost, dw, db = 0.0, [0.0] * d, 0.0
        for i in range(n):
            error = bias + sum(weights[j] * x[i, j] for j in range(d)) - y[i]
            cost += error * error
            db += error
            for j in range(d):
                dw[j] += error * x[i, j]
        costs.append(float(cost / (2 * n)))
        if (sum((g / n) ** 2 for g in dw) + (db / n) ** 2) ** 0.5 <= tolerance:
            return np.array(weights), bias, tuple(costs)
        weights = [v - learning_rate * g / n for v, g in zip(weights, dw, strict=True)]
        bias -= learning_rate * db / n
    return np.array(weights), bias, tuple(costs)
