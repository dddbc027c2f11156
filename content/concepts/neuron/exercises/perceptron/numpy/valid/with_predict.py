"""Uses predict on one row at a time, updates for wrong answers only."""

import numpy as np


def predict(x, w, b):
    scores = np.einsum("nd,d->n", x, w) + b
    return np.heaviside(scores, 1.0).astype(np.int32)


def fit(x, y, epochs, learning_rate=1.0):
    w, b, errors = np.zeros_like(x[0]), 0.0, []
    for _epoch in range(epochs):
        count = 0
        for i in range(x.shape[0]):
            guess = predict(x[i : i + 1], w, b)[0]
            if guess == y[i]:
                continue
            count += 1
            if y[i] == 1:
                w += learning_rate * x[i]
                b += learning_rate
            else:
                w -= learning_rate * x[i]
                b -= learning_rate
        errors.append(count)
        if not count:
            return w, b, tuple(errors)
    return w, b, tuple(errors)
