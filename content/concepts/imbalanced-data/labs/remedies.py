"""Do class weights and oversampling make a better classifier of a rare class?

A logistic regression looks for a class that is 2 % of the data. As it comes it hardly ever says "positive". Four ways
are compared: nothing is done; only the threshold is moved, from one half to the share of positives; the loss of the
positives is weighted up to balance; positives are copied to balance. Recall says who finds more, ROC AUC who ranks
better, and the Brier score whose probabilities are right.

What would change the outcome: a model whose ranking depends on the weights, such as a network that is stopped early (no
model but logistic regression is tried here); or probabilities that are recalibrated afterwards. Near balance the
remedies do nothing at all.
"""

import numpy as np

ARMS = {
    "plain": "nothing done, threshold one half",
    "moved": "threshold at the share of positives",
    "weights": "loss weighted to balance, threshold one half",
    "oversampled": "positives copied to balance, threshold one half",
}
MEASURES = {
    "recall": {"says": "positives that are found", "unit": "%", "better": "higher"},
    "precision": {"says": "share of positives among what is flagged", "unit": "%", "better": "higher"},
    "auc": {"says": "area under the ROC curve", "better": "higher"},
    "brier": {"says": "Brier score of the probabilities", "better": "lower", "log": True},
}
AXIS = "what the positives look like"
CONDITIONS = ["one cluster", "two clusters"]
PARAMETERS = {
    "positives": {"says": "share of positives", "unit": "%", "default": 2, "low": 1, "high": 50},
    "examples": {"says": "training examples", "default": 3000, "low": 1000, "high": 10000},
    "distance": {"says": "distance of the classes, in spreads", "default": 2.0, "low": 0.5, "high": 4.0},
}
CLAIMS = {
    "weights-raise-recall": {
        "says": "Class weights raise a logistic regression's recall at the threshold one half by at least 20 points.",
        "test": "recall: weights > plain + 20",
    },
    "threshold-does-the-same": {
        "says": "The untouched logistic regression, cut at the share of positives, finds as many, within 5 points.",
        "test": "recall: moved == weights +- 5",
    },
    "better-classifier": {
        "says": "Oversampling makes logistic regression a better classifier: ROC AUC rises by at least 0.01.",
        "test": "auc: oversampled > plain + 0.01",
    },
    "weights-spoil-probabilities": {
        "says": "Class weights worsen a logistic regression's probabilities: the Brier score at least doubles.",
        "test": "brier: weights > plain * 2",
    },
}
SOURCES = ["carriero-2024", "van-den-goorbergh-2022"]
BUDGET_S = 10

INPUTS = 5


def measure(seed, positives, examples, distance):
    """Fit all arms on one sample of each kind and test them on 20 000 new examples."""
    values = {}
    for condition in CONDITIONS:
        rng = np.random.default_rng(seed)
        x, y = sample(rng, examples, positives / 100, distance, condition)
        new_x, new_y = sample(rng, 20000, positives / 100, distance, condition)
        values[condition] = {}
        for arm, (probability, threshold) in predicted(rng, x, y, new_x).items():
            flagged = probability > threshold
            values[condition][arm] = {
                "recall": 100 * flagged[new_y].mean(),
                "precision": 100 * new_y[flagged].mean() if flagged.any() else 0,
                "auc": roc_auc(new_y, probability),
                "brier": np.mean((probability - new_y) ** 2),
            }
    return values


def predicted(rng, x, y, new_x):
    """Predicted probability of each arm, and the threshold above which it says positive."""
    balance = np.where(y, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    copies = np.concatenate([np.flatnonzero(~y), rng.choice(np.flatnonzero(y), np.sum(~y))])
    plain = probabilities(logistic(x, y, np.ones(len(y))), new_x)
    return {
        "plain": (plain, 0.5),
        "moved": (plain, y.mean()),
        "weights": (probabilities(logistic(x, y, balance), new_x), 0.5),
        "oversampled": (probabilities(logistic(x[copies], y[copies], np.ones(len(copies))), new_x), 0.5),
    }


def logistic(x, y, weight):
    """Logistic regression by Newton's method, with a touch of L2 so that it always has a solution."""
    x = np.column_stack([np.ones(len(x)), x])
    w = np.zeros(x.shape[1])
    for _ in range(15):
        p = 1 / (1 + np.exp(-x @ w))
        gradient = x.T @ (weight * (p - y)) + 0.1 * w
        hessian = (x.T * (weight * p * (1 - p))) @ x + 0.1 * np.eye(len(w))
        w -= np.linalg.solve(hessian, gradient)
    return w


def probabilities(w, x):
    """What the logistic regression predicts."""
    return 1 / (1 + np.exp(-(w[0] + x @ w[1:])))


def sample(rng, n, share, distance, condition):
    """Negatives around the origin; positives around one place, or around two in different directions."""
    y = rng.random(n) < share
    x = rng.normal(size=(n, INPUTS))
    place = rng.integers(0, 2 if condition == "two clusters" else 1, n)
    x[np.arange(n), place] += distance * y
    return x, y


def roc_auc(y, scores):
    """Share of pairs of a positive and a negative that are in the right order, by ranks."""
    ranks = scores.argsort().argsort() + 1
    n = y.sum()
    return (ranks[y].sum() - n * (n + 1) / 2) / (n * (len(y) - n))


def illustrate(seed, positives, examples, distance):
    """Predicted against true share of positives, by tenths of the predictions."""
    rng = np.random.default_rng(seed)
    x, y = sample(rng, examples, positives / 100, distance, "one cluster")
    new_x, new_y = sample(rng, 20000, positives / 100, distance, "one cluster")
    groups = {}
    for arm, (probability, _) in predicted(rng, x, y, new_x).items():
        tenths = np.array_split(probability.argsort(), 10)
        groups[arm] = [(probability[part].mean(), new_y[part].mean()) for part in tenths]
    del groups["moved"]  # the same probabilities as plain
    groups["right"] = [(v, v) for v in np.linspace(0, 1, 21)]
    title, x_label, y_label = "Predicted and true shares of positives", "predicted probability", "share of positives"
    return [{"kind": "points", "title": title, "x_label": x_label, "y_label": y_label, "groups": groups}]
