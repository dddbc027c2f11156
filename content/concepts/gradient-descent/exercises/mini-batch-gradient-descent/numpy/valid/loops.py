"""Example by example with the math module; weights in a list until the end."""

import math

import numpy as np


def mini_batch_gradient_descent(x, y, w, b, orders, batch_size, learning_rate, drop_last=False):
    w, b = w.copy(), float(b)
    history = []
    for epoch in range(len(orders)):
        used, loss, k = 0, 0.0, 0
        while k < len(x):
            indices = orders[epoch][k : k + batch_size]
            k += batch_size
            if len(indices) < batch_size and drop_last:
                break
            dw, db = np.zeros_like(w), 0.0
            for i in indices:
                z = float(np.dot(w, x[i]) + b)
                p = 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))
                loss += (z if z > 0 else 0) + math.log(1 + math.exp(-abs(z))) - z * y[i]
                dw += (p - y[i]) * x[i]
                db += p - y[i]
            used += len(indices)
            w -= learning_rate * dw / len(indices)
            b -= learning_rate * db / len(indices)
        history.append(loss / used if used else 0.0)
    return w, b, history
