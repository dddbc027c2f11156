"""The standardisation is folded into the weights."""

import numpy as np

BANDS = 6
EFFECT = np.array([1.2, -0.9, 0.8, 0.0, -0.5, 0.3])


def make_data(seed, n=300, new_sensors=False):
    """Bands (n, 6) in raw counts, and 1.0 for each ill plant."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, BANDS))
    y = (2 * z @ EFFECT + rng.normal(size=n) * 0.6 > 0).astype(float)
    shift = 0.9 * np.sign(EFFECT) if new_sensors else np.zeros(BANDS)
    return 300 + 40 * (z + shift), y


def statistics(x):
    """Mean and standard deviation of each band."""
    return x.mean(axis=0), x.std(axis=0) + 1e-8


def standardize(x, stats=None):
    """Each band with mean 0 and standard deviation 1."""
    mean, std = statistics(x) if stats is None else stats
    return (x - mean) / std


def fit_logistic(x, y, steps=300, lr=0.5, l2=1e-3):
    """Weights and bias of a logistic regression."""
    w, b = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        error = probability(x, w, b) - y
        w = w - lr * (x.T @ error / len(y) + l2 * w)
        b = b - lr * error.mean()
    return w, b


def probability(x, w, b):
    return 1 / (1 + np.exp(-(x @ w + b)))


def train(x_train, y_train):
    """The model, and the statistics that belong to it."""
    stats = statistics(x_train)
    return fit_logistic(standardize(x_train, stats), y_train), stats


def report(x_train, y_train, x_test, y_test):
    """Accuracy and probabilities on a month's file."""
    (w, b), stats = train(x_train, y_train)
    mean, std = stats
    probabilities = probability(x_test, w / std, b - (mean / std) @ w)
    return {"accuracy": float(((probabilities > 0.5) == (y_test > 0.5)).mean()), "probabilities": probabilities}


def serve(x_train, y_train, row):
    """The probability for one row, as the service computes it."""
    (w, b), stats = train(x_train, y_train)
    return float(probability(standardize(row[None], stats), w, b)[0])
