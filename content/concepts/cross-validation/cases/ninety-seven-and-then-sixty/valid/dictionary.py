"""A dictionary from patient to fold."""

import numpy as np


def make_data(seed, n_patients=50, per_patient=6):
    """Recordings (n, 8), the diagnosis (0 or 1) and the patient's number for each."""
    rng = np.random.default_rng(seed)
    ill = rng.permutation(np.arange(n_patients) % 2)
    person = 1.5 * rng.normal(size=(n_patients, 8))
    person[:, :2] += 0.6 * (2 * ill[:, None] - 1)
    patients = np.repeat(np.arange(n_patients), per_patient)
    x = person[patients] + 0.4 * rng.normal(size=(len(patients), 8))
    return x, ill[patients], patients + 1000


def fit_predict(x_train, y_train, x_test):
    """The label of the nearest training recording."""
    apart = ((x_test[:, None] - x_train[None]) ** 2).sum(axis=2)
    return y_train[apart.argmin(axis=1)]


def assign_folds(patients, k, seed):
    """The number of the fold in which each recording is tested."""
    rng = np.random.default_rng(seed)
    names = list(dict.fromkeys(patients.tolist()))
    rng.shuffle(names)
    of = {name: n % k for n, name in enumerate(names)}
    return np.array([of[p] for p in patients.tolist()])


def cross_validate(x, y, patients, k=5, seed=0):
    """Folds, predictions and accuracy."""
    fold = assign_folds(patients, k, seed)
    predictions = np.empty_like(y)
    for number in range(k):
        test = fold == number
        predictions[test] = fit_predict(x[~test], y[~test], x[test])
    return {"fold": fold, "predictions": predictions, "accuracy": float((predictions == y).mean())}


def by_fold(x, y, patients, k=5, seed=0):
    """The accuracy in each fold, to see how much it scatters."""
    got = cross_validate(x, y, patients, k, seed)
    right = got["predictions"] == y
    return [float(right[got["fold"] == number].mean()) for number in range(k)]
