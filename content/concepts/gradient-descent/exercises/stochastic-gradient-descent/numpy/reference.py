import numpy as np


def sgd(gradient, theta, orders, learning_rate, decay=0.0):
    """(theta, average) after one update for each entry of orders (e, n), from the start theta (d,)."""
    total = np.zeros_like(theta)
    k = 0
    for order in orders:
        for i in order:
            rate = learning_rate / (1 + decay * k)
            theta = theta - rate * gradient(theta, i)
            total = total + theta
            k += 1
    return theta, total / k
