"""Is Huber's loss a safer choice than squared error?

A smooth curve of one variable is learned by gradient descent on nine features, from sixty noisy examples, with three
losses. They differ in one line: how hard a residual pulls. Squared error pulls in proportion to the residual, the
absolute error always equally hard, Huber's loss in proportion up to a threshold and equally hard beyond. Targets come
with clean noise, with one in ten replaced by a faulty reading that is far too high, or with skewed noise, where large
values are rare but real, as in prices and delays; of these also ten times as many. Each fit is judged by its distance
from the true mean.

What would change the outcome: faulty inputs instead of faulty targets, against which no loss of residuals protects;
wanting the median of a skewed target rather than its mean; a Huber threshold so large that it never comes into play.
"""

import numpy as np

ARMS = {"squared": "mean squared error", "huber": "Huber's loss", "absolute": "mean absolute error"}
MEASURES = {
    "distance": {"says": "root mean square distance from the true mean", "better": "lower", "log": True},
}
CONDITIONS = ["clean", "faulty readings", "skewed", "skewed, ten times the examples"]
AXIS = "noise of the targets"
PARAMETERS = {
    "share": {"says": "share of faulty readings", "unit": "%", "default": 10, "low": 2, "high": 40},
    "threshold": {
        "says": "where Huber's loss becomes linear, in units of the noise",
        "default": 1.0,
        "low": 0.2,
        "high": 6,
    },
}
CLAIMS = {
    "huber-always-safer": {
        "says": "Huber's loss is the safer choice: it ends at least 10 % nearer to the true mean than squared error.",
        "test": "distance: huber < squared / 1.1",
    },
    "huber-withstands-faults": {
        "says": "With one faulty reading in ten, Huber's loss ends at least twice as near to the truth.",
        "test": "distance: huber < squared / 2",
        "conditions": ["faulty readings"],
    },
    "huber-costs-little": {
        "says": "On clean Gaussian noise, Huber's loss is within 10 % of squared error.",
        "test": "distance: huber == squared */ 1.1",
        "conditions": ["clean"],
    },
    "squared-wins-on-much-skewed-data": {
        "says": "Where large values are real and data plenty, squared error ends at least 10 % nearer to the mean.",
        "test": "distance: squared < huber / 1.1",
        "conditions": ["skewed, ten times the examples"],
    },
}
SOURCES = ["huber-1964", "gbc-mlp", "esl-10"]
BUDGET_S = 10

SIZE, RUNS, STEPS = 60, 20, 500
GRID = np.linspace(-1, 1, 200)


def measure(seed, share, threshold):
    """Distance of each fit from the true mean, averaged over twenty data sets."""
    rng = np.random.default_rng(seed)
    found = {}
    for condition in CONDITIONS:
        x, y, truth = data(condition, share, rng)
        found[condition] = {}
        for arm in ARMS:
            distances = np.sqrt(np.mean((fit(x, y, arm, threshold) @ features(GRID).T - truth) ** 2, axis=1))
            found[condition][arm] = {"distance": distances.mean()}
    return found


def illustrate(seed, share, threshold):
    """One data set with faulty readings, and what each loss makes of it."""
    x, y, truth = data("faulty readings", share, np.random.default_rng(seed))
    fits = {arm: fit(x, y, arm, threshold)[0] @ features(GRID).T for arm in ARMS}
    groups = {"data": np.column_stack([x[0], y[0]]).tolist()}
    groups |= {name: np.column_stack([GRID, line]).tolist()[::4] for name, line in ({"truth": truth[0]} | fits).items()}
    title = "One faulty reading in ten, all of them too high"
    return [{"kind": "points", "title": title, "x_label": "x", "y_label": "y", "groups": groups}]


def data(condition, share, rng):
    """Examples (run, example) of twenty random curves, and the true means on the grid (run, point)."""
    weights = rng.normal(size=(RUNS, 9)) / (1 + np.arange(9))
    x = rng.uniform(-1, 1, size=(RUNS, 10 * SIZE if condition.endswith("ten times the examples") else SIZE))
    y = np.einsum("rnf,rf->rn", features(x), weights)
    if condition.startswith("skewed"):
        y += rng.lognormal(0, 1, size=y.shape) - np.exp(0.5)  # mean zero: rare large values, many small ones
    else:
        y += rng.normal(size=y.shape)
    if condition == "faulty readings":
        y = np.where(rng.random(y.shape) < share / 100, 15 + rng.normal(size=y.shape), y)
    return x, y, weights @ features(GRID).T


def features(x):
    """Legendre polynomials up to degree eight, scaled to be of equal size."""
    return np.polynomial.legendre.legvander(x, 8) * np.sqrt(2 * np.arange(9) + 1)


def fit(x, y, loss, threshold):
    """Gradient descent on all data sets side by side; the step shrinks so that the absolute error settles too."""
    phi = features(x)  # (run, example, feature)
    weights = np.zeros((len(x), 9, 1))
    for step in range(STEPS):
        residual = phi @ weights - y[:, :, None]
        pull = {  # the derivative of the loss by the prediction
            "squared": residual,
            "huber": np.clip(residual, -threshold, threshold),
            "absolute": np.sign(residual),
        }[loss]
        weights -= 0.3 * (1 - step / STEPS) * phi.mT @ pull / x.shape[1]
    return weights[:, :, 0]
