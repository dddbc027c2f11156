"""Report how well fraud is found by a nearest-neighbour classifier."""

import numpy as np


def make_data(seed, n=600, share=1 / 12):
    """Transactions (n, 6), and 1 for each that is fraud."""
    rng = np.random.default_rng(seed)
    y = rng.permutation((np.arange(n) < share * n).astype(int))
    x = rng.normal(size=(n, 6))
    x[:, 0] += 0.7 * y
    return x, y


def split(x, y, seed):
    """Three quarters of each class for training, the rest for the test."""
    rng = np.random.default_rng(seed)
    test = np.zeros(len(y), dtype=bool)
    for k in (0, 1):
        rows = rng.permutation(np.flatnonzero(y == k))
        test[rows[: round(len(rows) / 4)]] = True
    return x[~test], y[~test], x[test], y[test]


def oversample(x, y, seed):
    """Rows of the rarer class are drawn with replacement until both are equally frequent."""
    rng = np.random.default_rng(seed)
    counts = np.bincount(y, minlength=2)
    rare = np.flatnonzero(y == counts.argmin())
    extra = rng.choice(rare, counts.max() - counts.min())
    return np.vstack([x, x[extra]]), np.append(y, y[extra])


def fit_predict(x_train, y_train, x, k=5):
    """The majority among the k nearest training rows."""
    apart = ((x[:, None] - x_train[None]) ** 2).sum(axis=2)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :k]
    return (y_train[nearest].mean(axis=1) > 0.5).astype(int)


def evaluate(x, y, seed=0):
    """The test part with its predictions, recall, precision, and the class counts of the training part."""
    x, y = oversample(x, y, seed)
    x_train, y_train, x_test, y_test = split(x, y, seed)
    predictions = fit_predict(x_train, y_train, x_test)
    found = int(((predictions == 1) & (y_test == 1)).sum())
    return {
        "test_x": x_test,
        "test_y": y_test,
        "predictions": predictions,
        "recall": found / max(1, int((y_test == 1).sum())),
        "precision": found / max(1, int((predictions == 1).sum())),
        "train_counts": np.bincount(y_train, minlength=2).tolist(),
    }
