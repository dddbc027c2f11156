"""A running mean, and one flat loop over all updates."""

import numpy as np


def sgd(gradient, theta, orders, learning_rate, decay=0.0):
    point = np.array(theta, dtype=float)
    mean = np.zeros(len(point))
    for k, i in enumerate(np.concatenate(list(orders))):
        point -= learning_rate * gradient(point, int(i)) / (1.0 + k * decay)
        mean += (point - mean) / (k + 1)
    return point, mean
