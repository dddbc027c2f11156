"""How many steps of gradient descent does standardising the inputs save, and what does it leave?

Linear regression by full-batch gradient descent on four data sets, each step with the largest safe rate, 1 / (largest
curvature), so that no arm gains from a better tuned rate. Steps are counted until 99 % of what can be learnt is learnt.
For a quadratic loss the distance after t steps is known in closed form, so billions of steps can be counted without
taking them. Beside the condition number we measure how redundant the features are: their mean absolute correlation.

What would change the outcome: features that have mean zero and one scale already (one unit is not enough: see the iris
and the pixels); an optimizer that rescales each weight by itself, such as Adam; trees, which do not see the scale.
"""

import numpy as np
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine

ARMS = {
    "raw": "features as they come",
    "min-max": "scaled to the range 0 to 1",
    "standardised": "mean 0, standard deviation 1",
    "whitened": "standardised and decorrelated (PCA)",
}
MEASURES = {
    "steps": {"says": "steps to 99 % of the possible gain", "unit": "steps", "log": True, "better": "lower"},
    "condition": {"says": "condition number of the Hessian", "log": True, "better": "lower"},
    "correlation": {"says": "mean absolute correlation of two features", "better": "lower"},
}
CONDITIONS = ["wine", "breast cancer", "iris (all in cm)", "digits (pixels)"]
AXIS = "data set"
PARAMETERS = {
    "learnt": {"says": "share of the possible gain to reach", "unit": "%", "default": 99, "low": 50, "high": 99.9},
}
CLAIMS = {
    "saves-steps": {
        "says": "Standardising the inputs saves at least nine of ten gradient steps.",
        "test": "steps: standardised < raw / 10",
    },
    "like-min-max": {
        "says": "Scaling to 0..1 does as well as standardising: the steps agree within a factor of 2.",
        "test": "steps: min-max == standardised */ 2",
    },
    "round-bowl": {
        "says": "After standardising the loss surface is a round bowl: the condition number is below 10.",
        "test": "condition: standardised < 10",
    },
    "less-redundant": {
        "says": "Normalising the inputs removes redundancy: the features' mean correlation falls by at least 0.1.",
        "test": "correlation: standardised < raw - 0.1",
    },
}
SOURCES = ["lecun-1998"]
BUDGET_S = 10

DATA = dict(zip(CONDITIONS, (load_wine, load_breast_cancer, load_iris, load_digits), strict=True))


def measure(seed, learnt):
    """All arms on one random half of each data set."""
    result = {}
    for condition, load in DATA.items():
        x, y = half(seed, load)
        result[condition] = {}
        for arm in ARMS:
            scaled = rescale(x, arm)
            curvatures, gains = descent(scaled, y)
            result[condition][arm] = {
                "steps": steps_to(curvatures, gains, 1 - learnt / 100),
                "condition": curvatures.max() / curvatures.min(),
                "correlation": np.abs(np.corrcoef(scaled.T)[np.triu_indices(x.shape[1], 1)]).mean(),
            }
    return result


def illustrate(seed, learnt):
    """What is still to be learnt, by step, for one seed on the breast cancer data."""
    x, y = half(seed, load_breast_cancer)
    steps = np.unique(np.logspace(0, 6, 60).astype(int))
    lines = {arm: [remaining(*descent(rescale(x, arm), y), t) for t in steps] for arm in ARMS}
    title, x_label, y_label = "Left to learn after 1 to 1,000,000 steps", "log10 of the step", "share of the gain"
    figure = {"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label}
    return [figure | {"x": np.log10(steps).tolist(), "lines": lines}]


def half(seed, load):
    """A random half of a data set."""
    x, y = load(return_X_y=True)
    chosen = np.random.default_rng(seed).permutation(len(x))[: len(x) // 2]
    x = x[:, x[chosen].std(0) > 0]  # pixels that are always white teach nothing
    return x[chosen], y[chosen] - y[chosen].mean()


def rescale(x, arm):
    """The features of an arm. In practice the statistics come from the training set; here everything is training."""
    if arm == "raw":
        return x
    if arm == "min-max":
        return (x - x.min(0)) / (np.ptp(x, axis=0) + 1e-12)
    z = (x - x.mean(0)) / (x.std(0) + 1e-12)
    if arm == "standardised":
        return z
    left, _, right = np.linalg.svd(z, full_matrices=False)
    return left @ right * len(z) ** 0.5


def descent(x, y):
    """Curvatures of the mean squared error, and the gain that lies along each, as shares of the whole."""
    design = np.column_stack([np.ones(len(x)), x])  # the bias is learnt as well
    # With design = U S V^T the error along direction i shrinks by the factor 1 - rate * S_i^2 / n at each step.
    left, singular, _ = np.linalg.svd(design, full_matrices=False)
    real = singular > 1e-9 * singular.max()
    gains = (left.T @ y)[real] ** 2
    return singular[real] ** 2 / len(x), gains / gains.sum()


def remaining(curvatures, gains, step):
    """The share of the gain that is still missing after so many steps from zero weights."""
    shrink = np.log1p(-np.minimum(curvatures / curvatures.max(), 1 - 1e-16))
    return float((gains * np.exp(2 * step * shrink)).sum())


def steps_to(curvatures, gains, goal):
    """The first step, to within one in a thousand, at which no more than `goal` is missing, by bisection."""
    low, high = 0.0, 20.0  # log10 of the step
    while high - low > 0.0005:
        middle = (low + high) / 2
        low, high = (middle, high) if remaining(curvatures, gains, 10**middle) > goal else (low, middle)
    return 10**high
