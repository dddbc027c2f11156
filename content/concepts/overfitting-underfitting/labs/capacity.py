"""Does the model with the lowest training error predict best?

Three polynomials are fitted by least squares to noisy samples of one wave of a sine: a straight line, which cannot
follow it, degree five, which can, and a flexible one with freedom to spare. We take the error on the sample and on new
data, for three sizes of the sample.

What would change the outcome: less noise (there is less to learn by heart), many more examples, or a penalty on the
coefficients. The places are random, so new data often lie beyond the last example, where a high degree shoots off; that
is why the factor is so large with few examples.
"""

import numpy as np
from numpy.polynomial import legendre

ARMS = {
    "line": "degree one: too simple",
    "degree-five": "degree five: fits the curve",
    "flexible": "a high degree (15 unless changed)",
}
MEASURES = {
    "train": {"says": "error on the training sample (RMSE)", "better": "lower", "log": True},
    "test": {"says": "error on new data (RMSE)", "better": "lower", "log": True},
}
AXIS = "training examples"
CONDITIONS = ["20 examples", "200 examples", "2000 examples"]
PARAMETERS = {
    "noise": {"says": "spread of the noise", "default": 0.3, "low": 0.05, "high": 1.0},
    "degree": {"says": "degree of the flexible polynomial", "default": 15, "low": 6, "high": 18},
}
CLAIMS = {
    "lowest-training-error": {
        "says": "The model with the lowest training error is the one that predicts new data best.",
        "test": "test: flexible < degree-five",
        "check": "train: flexible < degree-five",
    },
    "flexible-overfits": {
        "says": "More freedom than the pattern needs overfits: test error is at least 1.2 times that of degree five.",
        "test": "test: flexible > degree-five * 1.2",
    },
    "underfitting-in-training": {
        "says": "Underfitting shows in training already: the line's error there is at least 1.2 times as large.",
        "test": "train: line > degree-five * 1.2",
    },
    "data-does-not-cure-underfitting": {
        "says": "Data do not cure underfitting: on new data the line's error stays 1.2 times degree five's or more.",
        "test": "test: line > degree-five * 1.2",
    },
}
SOURCES = ["gbc-2016"]
BUDGET_S = 10

TEST_EXAMPLES = 2000


def measure(seed, noise, degree):
    """Fit all degrees to the first n examples of one sample."""
    x, y = sample(np.random.default_rng(seed), 2000 + TEST_EXAMPLES, noise)
    new = slice(2000, None)
    values = {}
    for condition in CONDITIONS:
        seen = slice(0, int(condition.split()[0]))
        values[condition] = {}
        for arm, d in degrees(degree).items():
            fit = legendre.legfit(x[seen], y[seen], d)
            values[condition][arm] = {"train": rmse(fit, x[seen], y[seen]), "test": rmse(fit, x[new], y[new])}
    return values


def illustrate(seed, noise, degree):
    """The three fits to 20 examples, and both errors by degree."""
    x, y = sample(np.random.default_rng(seed), 20 + TEST_EXAMPLES, noise)
    seen, new = slice(0, 20), slice(20, None)
    grid = np.linspace(x[seen].min(), x[seen].max(), 80)
    lines = {"truth": np.sin(np.pi * grid)}
    for arm, d in degrees(degree).items():
        values = legendre.legval(grid, legendre.legfit(x[seen], y[seen], d))
        lines[arm] = [v if abs(v) < 2 else None for v in values]  # what leaves the picture is not drawn
    fits = {"kind": "curves", "title": "Three fits to 20 examples", "x_label": "x", "y_label": "y", "x": grid}
    by_degree = list(range(1, 19))
    found = [legendre.legfit(x[seen], y[seen], d) for d in by_degree]
    errors = {
        "training": [rmse(f, x[seen], y[seen]) for f in found],
        "new data": [rmse(f, x[new], y[new]) for f in found],
    }
    title = "Error by degree, 20 examples"
    sweep = {"kind": "curves", "title": title, "x_label": "degree", "y_label": "RMSE", "x": by_degree, "log_y": True}
    return [fits | {"lines": lines}, sweep | {"lines": errors}]


def degrees(flexible):
    """The degree of each arm."""
    return dict(zip(ARMS, (1, 5, flexible), strict=True))


def sample(rng, n, noise):
    """Places between -1 and 1 and noisy values of the sine there."""
    x = rng.uniform(-1, 1, n)
    return x, np.sin(np.pi * x) + noise * rng.normal(size=n)


def rmse(fit, x, y):
    """Root mean squared error of a polynomial given by its Legendre coefficients."""
    return np.sqrt(np.mean((legendre.legval(x, fit) - y) ** 2))
