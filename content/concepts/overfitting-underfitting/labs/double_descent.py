"""Does a bigger model always overfit more?

A fixed random layer of ReLU features is followed by a linear read-out, fitted by least squares (where many read-outs
fit exactly, the one of smallest norm is taken). Only the number of features grows: from a quarter of the number of
examples to just as many, and from there to ten times as many. The same is repeated with a ridge penalty that is chosen
on a validation set.

What would change the outcome: data without noise (the peak shrinks), a penalty, or sizes far from the number of
examples on both sides of it, since the size in the middle is the worst there is. The validation set has 500 examples,
more than there are for training, so the penalty is chosen nearly as well as can be.
"""

import numpy as np

ARMS = {
    "smaller": "fewer features, no penalty",
    "bigger": "more features, no penalty",
    "smaller-ridge": "fewer features, ridge chosen on a validation set",
    "bigger-ridge": "more features, ridge chosen on a validation set",
}
MEASURES = {
    "test": {"says": "error on new data (MSE)", "better": "lower", "log": True},
    "train": {"says": "error on the training set (MSE)", "better": "lower"},
}
AXIS = "features for each training example"
CONDITIONS = ["1/4 to 1", "1 to 10"]
PARAMETERS = {
    "noise": {"says": "spread of the noise in the labels", "default": 0.5, "low": 0.0, "high": 2.0},
    "examples": {"says": "training examples", "default": 100, "low": 40, "high": 200},
}
CLAIMS = {
    "bigger-overfits-more": {
        "says": "A bigger model always overfits more: its test error is higher by a tenth or more.",
        "test": "test: bigger > smaller * 1.1",
    },
    "descends-again": {
        "says": "Ten times as many features as examples give at most half the test error of just as many.",
        "test": "test: bigger < smaller / 2",
        "conditions": ["1 to 10"],
    },
    "ridge-removes-peak": {
        "says": "With a ridge penalty chosen on a validation set, test error falls with size at both steps up.",
        "test": "test: bigger-ridge < smaller-ridge",
    },
}
SOURCES = ["belkin-2019", "nakkiran-2019", "nakkiran-2020"]
BUDGET_S = 10

INPUTS = 20
PENALTIES = np.concatenate([[1e-10], np.logspace(-4, 4, 17)])  # the first one stands for none


def measure(seed, noise, examples):
    """Test and training error of both sizes at both steps."""
    values = {}
    for condition, sizes in zip(CONDITIONS, ((0.25, 1), (1, 10)), strict=True):
        values[condition] = {}
        for arm, ratio in zip(("smaller", "bigger"), sizes, strict=True):
            values[condition] |= errors(arm, seed, noise, examples, round(ratio * examples))
    return values


def illustrate(seed, noise, examples):
    """The whole curve, for one seed."""
    ratios = [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5, 2, 3, 4, 6, 8, 10]
    found = [errors("size", seed, noise, examples, round(ratio * examples)) for ratio in ratios]
    lines = {
        "no penalty": [f["size"]["test"] for f in found],
        "ridge": [f["size-ridge"]["test"] for f in found],
        "training, no penalty": [max(f["size"]["train"], 1e-3) for f in found],
    }
    curve = {
        "kind": "curves",
        "title": "Error by size of the model (training error is cut off at 0.001)",
        "log_y": True,
    }
    return [curve | {"x_label": "features / examples", "y_label": "MSE", "x": ratios, "lines": lines}]


def errors(arm, seed, noise, examples, features):
    """Errors of one size without a penalty and with the ridge that is best on a validation set."""
    rng = np.random.default_rng(seed)  # the same data, and the same first features, at every size
    x = rng.normal(size=(examples + 2000, INPUTS))
    y = target(x, rng) + noise * rng.normal(size=len(x))
    layer = rng.normal(size=(10 * examples, INPUTS)) / np.sqrt(INPUTS)
    h = np.maximum(x @ layer[:features].T, 0) / np.sqrt(features)  # (example, feature)

    # Ridge by singular values: w = V diag(s / (s^2 + penalty)) U^T y, for all penalties at once.
    u, s, vt = np.linalg.svd(h[:examples], full_matrices=False)
    w = vt.T @ (s[:, None] / (s[:, None] ** 2 + PENALTIES) * (u.T @ y[:examples])[:, None])  # (feature, penalty)
    mse = (h @ w - y[:, None]) ** 2
    train, validation, test = mse[:examples].mean(0), mse[examples:-1500].mean(0), mse[-1500:].mean(0)
    best = validation.argmin()
    return {
        arm: {"test": test[0], "train": train[0]},
        f"{arm}-ridge": {"test": test[best], "train": train[best]},
    }


def target(x, rng):
    """What is to be learnt: a linear part and a bend."""
    direction, bend = rng.normal(size=(2, INPUTS)) / np.sqrt(INPUTS)
    return x @ direction + np.abs(x @ bend)
