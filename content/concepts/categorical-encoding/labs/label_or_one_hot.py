"""Is it fine to turn categories into the numbers 0, 1, 2?

A value depends on one of twelve categories and on one number. The category becomes a single column of integers (label
encoding), twelve columns of zeros and ones (one-hot), or eleven of them. Least squares and a regression tree are fitted
to each, once where the categories have no order and once where their effect rises along the integers.

What would change the outcome: shallow trees, which cannot cut the integers (or the columns) often enough; many
categories with few examples each. The tree's settings are fixed, not tuned for each encoding. A linear model gets by
with integers only if the effect rises evenly along them.
"""

import numpy as np
from sklearn.tree import DecisionTreeRegressor

ARMS = {
    "label": "one column of integers",
    "one-hot": "one column of zeros and ones for each category",
    "one-hot-less-one": "one-hot without the first column",
}
MEASURES = {
    "error": {"says": "error on new data (RMSE)", "better": "lower", "log": True},
    "columns": {"says": "columns that the category takes"},
}
AXIS = "model and kind of category"
CONDITIONS = ["linear, no order", "linear, in order", "tree, no order", "tree, in order"]
PARAMETERS = {
    "categories": {"says": "categories", "default": 12, "low": 3, "high": 100},
    "examples": {"says": "training examples", "default": 1000, "low": 200, "high": 5000},
    "depth": {"says": "greatest depth of the tree", "default": 10, "low": 1, "high": 20},
}
CLAIMS = {
    "labels-are-fine": {
        "says": "Label encoding is as good as one-hot: the errors agree within 10 %.",
        "test": "error: label == one-hot */ 1.1",
    },
    "linear-needs-one-hot": {
        "says": "For a linear model of categories without order, label encoding gives at least 1.2 times the error.",
        "test": "error: label > one-hot * 1.2",
        "conditions": ["linear, no order"],
    },
    "tree-takes-labels": {
        "says": "A tree does as well with integers as with one-hot columns, even without an order: within 10 %.",
        "test": "error: label == one-hot */ 1.1",
        "conditions": ["tree, no order"],
    },
    "one-column-fewer": {
        "says": "For least squares with an intercept, leaving one column out changes the error by less than 0.1 %.",
        "test": "error: one-hot-less-one == one-hot */ 1.001",
        "conditions": ["linear, no order", "linear, in order"],
    },
}
SOURCES = ["sklearn-encoding"]
BUDGET_S = 10

NOISE = 0.5


def measure(seed, categories, examples, depth):
    """Fit both models to every encoding of two data sets."""
    values = {}
    for condition in CONDITIONS:
        rng = np.random.default_rng(seed)
        effect = rng.normal(size=categories)
        if "in order" in condition:
            effect = np.linspace(-1.7, 1.7, categories)  # the same spread, rising evenly
        code, number, y = sample(rng, examples, effect)
        new_code, new_number, new_y = sample(rng, 5000, effect)
        model = tree if condition.startswith("tree") else least_squares
        values[condition] = {}
        for arm in ARMS:
            x, new_x = encoded(arm, code, number, categories), encoded(arm, new_code, new_number, categories)
            error = np.sqrt(np.mean((model(x, y, new_x, depth) - new_y) ** 2))
            values[condition][arm] = {"error": error, "columns": x.shape[1] - 1}
    return values


def sample(rng, n, effect):
    """A category, a number and a noisy value that depends on both."""
    code, number = rng.integers(0, len(effect), n), rng.normal(size=n)
    return code, number, effect[code] + 0.5 * number + NOISE * rng.normal(size=n)


def encoded(arm, code, number, categories):
    """The columns that a model sees: the category in the arm's encoding, then the number."""
    if arm == "label":
        return np.column_stack([code, number])
    one_hot = np.eye(categories)[code]  # (example, category)
    return np.column_stack([one_hot[:, 1:] if arm == "one-hot-less-one" else one_hot, number])


def least_squares(x, y, new_x, depth):
    """Linear regression with an intercept; of several solutions the smallest."""
    w = np.linalg.lstsq(np.column_stack([np.ones(len(x)), x]), y, rcond=None)[0]
    return w[0] + new_x @ w[1:]


def tree(x, y, new_x, depth):
    """A regression tree with at least ten examples in a leaf."""
    return DecisionTreeRegressor(max_depth=depth, min_samples_leaf=10, random_state=0).fit(x, y).predict(new_x)


def illustrate(seed, categories, examples, depth):
    """The effect of each category and what a linear model makes of it in either encoding."""
    rng = np.random.default_rng(seed)
    effect = rng.normal(size=categories)
    code, number, y = sample(rng, examples, effect)
    every, zero = np.arange(categories), np.zeros(categories)
    lines = {"true effect": effect}
    for arm in ("label", "one-hot"):
        x, shown = encoded(arm, code, number, categories), encoded(arm, every, zero, categories)
        lines[f"linear, {arm}"] = least_squares(x, y, shown, depth)
    curve = {"kind": "curves", "title": "Value by category: integers force a straight line", "x": every, "lines": lines}
    return [curve | {"x_label": "integer of the category", "y_label": "value"}]
