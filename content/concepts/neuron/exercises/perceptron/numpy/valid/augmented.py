"""The bias as the weight of an input that is always 1; errors as an array."""

import numpy as np


def predict(x, w, b):
    return np.where(np.dot(x, w) + b < 0, 0, 1)


def fit(x, y, epochs, learning_rate=1.0):
    rows = np.hstack([x, np.ones((len(x), 1))])
    w = np.zeros(rows.shape[1])
    errors = []
    while len(errors) < epochs and (not errors or errors[-1]):
        errors.append(0)
        for i in range(len(rows)):
            guess = 1 if rows[i].dot(w) >= 0 else 0
            if guess != y[i]:
                errors[-1] += 1
                w += learning_rate * (1 if y[i] else -1) * rows[i]
    return w[:-1], w[-1], np.array(errors)
