"""Keeps all points and averages them at the end."""

import numpy as np


def sgd(gradient, theta, orders, learning_rate, decay=0.0):
    points = [theta.copy()]
    n = orders.shape[1]
    for epoch in range(orders.shape[0]):
        for j in range(n):
            eta = learning_rate / (1 + decay * (epoch * n + j))
            points.append(points[-1] - eta * np.asarray(gradient(points[-1], orders[epoch, j])))
    return [points[-1], np.mean(points[1:], axis=0)]
