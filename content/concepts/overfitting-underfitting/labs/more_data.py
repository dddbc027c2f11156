"""Does more training data always help?

A linear model with 100 inputs is fitted by least squares (with fewer examples than inputs: the exact fit of smallest
norm) to noisy labels. The number of examples is doubled, from half the number of inputs to all of it, and then from
twice to four times as many. The same is repeated with a ridge penalty chosen on a validation set.

What would change the outcome: labels without noise, any well-chosen penalty, or a number of examples far from the
number of inputs. The harm is a matter of unregularised fits that just reach zero training error. The validation set is
large (four examples for each input), so the penalty is chosen nearly as well as can be.
"""

import numpy as np

ARMS = {
    "half": "half of the examples, least squares",
    "all": "all of the examples, least squares",
    "half-ridge": "half of the examples, ridge chosen on a validation set",
    "all-ridge": "all of the examples, ridge chosen on a validation set",
}
MEASURES = {"error": {"says": "error on new data (excess MSE)", "better": "lower", "log": True}}
AXIS = "training examples for each input"
CONDITIONS = ["1/2 to 1", "2 to 4"]
PARAMETERS = {
    "noise": {"says": "spread of the noise, when the signal has 1", "default": 0.5, "low": 0.01, "high": 2.0},
    "inputs": {"says": "inputs of the linear model", "default": 100, "low": 20, "high": 200},
}
CLAIMS = {
    "more-data-helps": {
        "says": "More data always helps: twice as many examples lower the test error.",
        "test": "error: all < half",
    },
    "doubling-can-hurt": {
        "says": "Without a penalty, doubling the examples up to the number of inputs doubles the test error at least.",
        "test": "error: all > half * 2",
        "conditions": ["1/2 to 1"],
    },
    "ridge-uses-data": {
        "says": "With a ridge penalty chosen on a validation set, twice as many examples lower the test error.",
        "test": "error: all-ridge < half-ridge",
    },
}
SOURCES = ["nakkiran-2019-more-data", "nakkiran-2020"]
BUDGET_S = 10

PENALTIES = np.concatenate([[1e-10], np.logspace(-3, 4, 15)])  # the first one stands for none


def measure(seed, noise, inputs):
    """Excess error for both sizes of the sample at both steps."""
    values = {}
    for condition, ratios in zip(CONDITIONS, ((0.5, 1), (2, 4)), strict=True):
        values[condition] = {}
        for arm, ratio in zip(("half", "all"), ratios, strict=True):
            plain, ridge = errors(seed, noise, inputs, round(ratio * inputs))
            values[condition] |= {arm: {"error": plain}, f"{arm}-ridge": {"error": ridge}}
    return values


def illustrate(seed, noise, inputs):
    """The whole curve, for one seed."""
    ratios = [0.1, 0.25, 0.5, 0.7, 0.8, 0.9, 0.95, 1, 1.05, 1.1, 1.2, 1.5, 2, 2.5, 3, 3.5, 4]
    found = [errors(seed, noise, inputs, round(ratio * inputs)) for ratio in ratios]
    lines = {"least squares": [plain for plain, _ in found], "ridge": [ridge for _, ridge in found]}
    curve = {"kind": "curves", "title": "Error by number of examples", "x": ratios, "lines": lines, "log_y": True}
    return [curve | {"x_label": "training examples / inputs", "y_label": "excess MSE"}]


def errors(seed, noise, inputs, examples):
    """Excess error of least squares and of the ridge that is best on a validation set."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=inputs) / np.sqrt(inputs)
    x = rng.normal(size=(8 * inputs, inputs))  # a larger training set contains the smaller one
    y = x @ truth + noise * rng.normal(size=len(x))
    train, validation = slice(0, examples), slice(4 * inputs, None)

    # Ridge by singular values: w = V diag(s / (s^2 + penalty)) U^T y, for all penalties at once.
    u, s, vt = np.linalg.svd(x[train], full_matrices=False)
    w = vt.T @ (s[:, None] / (s[:, None] ** 2 + PENALTIES) * (u.T @ y[train])[:, None])  # (input, penalty)
    excess = ((w - truth[:, None]) ** 2).sum(0)  # the expected squared error beyond the noise, exactly
    best = ((x[validation] @ w - y[validation, None]) ** 2).mean(0).argmin()
    return excess[0], excess[best]
