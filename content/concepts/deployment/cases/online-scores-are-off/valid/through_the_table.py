"""The service builds a table of one row and scores it."""

import numpy as np

FIELDS = ("income", "age", "mileage", "claims", "years_insured")


def make_data(seed, n=400, share_empty=0.12):
    """A table (n, 5) with `nan` in empty fields, and 1.0 for each customer with a claim."""
    rng = np.random.default_rng(seed)
    z = rng.normal(size=(n, 5))
    rows = np.column_stack(
        [
            52_000 + 13_000 * z[:, 0],
            44 + 11 * z[:, 1],
            14_000 + 4_000 * z[:, 2],
            np.maximum(0, np.round(0.7 + z[:, 3])),
            9 + 3 * z[:, 4],
        ]
    )
    risk = -0.8 * z[:, 0] - 0.5 * z[:, 1] + 1.2 * z[:, 2] + 1.0 * z[:, 3] - 0.6 * z[:, 4]
    labels = (risk + 0.5 * rng.normal(size=n) > 0).astype(float)
    rows[rng.random(rows.shape) < share_empty] = np.nan
    return rows, labels


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def prepare(artefact, rows):
    """Empty fields filled, all fields standardised."""
    filled = np.where(np.isnan(rows), artefact["median"], rows)
    return (filled - artefact["mean"]) / artefact["std"]


def train(rows, labels, steps=300, lr=0.5):
    """Everything that is needed to score a customer."""
    median = np.nanmedian(rows, axis=0)
    filled = np.where(np.isnan(rows), median, rows)
    artefact = {"median": median, "mean": filled.mean(axis=0), "std": filled.std(axis=0)}
    x = prepare(artefact, rows)
    weights, bias = np.zeros(x.shape[1]), 0.0
    for _ in range(steps):
        error = sigmoid(x @ weights + bias) - labels
        weights = weights - lr * x.T @ error / len(labels)
        bias = bias - lr * error.mean()
    return {**artefact, "weights": weights, "bias": np.array(bias)}


def score_table(artefact, rows):
    """The risk of each row of a table."""
    return sigmoid(prepare(artefact, rows) @ artefact["weights"] + artefact["bias"])


def serve(artefact, request):
    """The risk of the customer of one request."""
    row = [np.nan if request.get(name) is None else request[name] for name in FIELDS]
    return float(score_table(artefact, np.array([row], dtype=float))[0])
