import numpy as np


def predict(x, w, b):
    """1 where w.x + b >= 0, else 0: x (n, d), w (d,), b a number; integers (n,)."""
    return (x @ w + b >= 0).astype(int)


def fit(x, y, epochs, learning_rate=1.0):
    """Weights (d,), bias and the errors of each epoch, for inputs x (n, d) and labels y (n,) of 0 and 1."""
    w = np.zeros(x.shape[1])
    b = 0.0
    errors = []
    for _ in range(epochs):
        wrong = 0
        for xi, yi in zip(x, y, strict=True):
            step = int(yi) - int(xi @ w + b >= 0)
            w = w + learning_rate * step * xi
            b = b + learning_rate * step
            wrong += step != 0
        errors.append(wrong)
        if wrong == 0:
            break
    return w, b, errors
