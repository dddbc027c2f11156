"""Is it fine to do the preprocessing before k-fold cross-validation?

A small data set has many inputs, of which ten carry a little signal. A nearest-centroid classifier is scored by
five-fold cross-validation. The preprocessing, standardising all inputs or selecting the twenty that go with the label
best, is done either once on all data before the folds, or anew on the training part of every fold. Afterwards the same
procedure is trained on all data and tested on new examples.

What would change the outcome: few inputs, many examples, or a strong signal. Standardising never looks at labels and
depends little on single examples, so it is forgiving; that says nothing of preprocessing that does look.
"""

import numpy as np

ARMS = {"outside": "preprocessed once, before the folds", "inside": "preprocessed anew in every fold"}
MEASURES = {
    "reported": {"says": "accuracy that cross-validation reports", "unit": "%"},
    "optimism": {"says": "reported accuracy minus accuracy on new data", "unit": "points"},
}
AXIS = "preprocessing"
CONDITIONS = ["standardising", "selecting 20 inputs"]
PARAMETERS = {
    "inputs": {"says": "inputs", "default": 1000, "low": 20, "high": 2000},
    "examples": {"says": "examples", "default": 60, "low": 30, "high": 300},
    "signal": {"says": "shift of ten inputs between the classes, in spreads", "default": 0.3, "low": 0, "high": 2},
}
CLAIMS = {
    "outside-is-fine": {
        "says": "K-fold with the preprocessing outside is fine: it reports the accuracy on new data within 5 points.",
        "test": "optimism: outside == 0 +- 5",
    },
    "selection-leaks": {
        "says": "Selecting 20 of 1000 inputs before the folds overstates accuracy by 15 points or more.",
        "test": "optimism: outside > 15",
        "conditions": ["selecting 20 inputs"],
    },
    "inside-is-honest": {
        "says": "Preprocessing inside every fold reports the accuracy on new data within 5 points.",
        "test": "optimism: inside == 0 +- 5",
    },
}
SOURCES = ["hastie-2009", "ambroise-2002"]
BUDGET_S = 10

FOLDS, KEPT, DATA_SETS = 5, 20, 12


def measure(seed, inputs, examples, signal):
    """Mean over several data sets of one seed, because a single small one is noisy."""
    rng = np.random.default_rng(seed)
    found = {(condition, arm): [] for condition in CONDITIONS for arm in ARMS}
    for _ in range(DATA_SETS):
        x, y = sample(rng, examples, inputs, signal)
        new_x, new_y = sample(rng, 500, inputs, signal)
        for condition, fit in zip(CONDITIONS, (standardiser, selector), strict=True):
            prepare = fit(x, y)
            true = np.mean(nearest_centroid(prepare(x), y, prepare(new_x)) == new_y)
            for arm in ARMS:
                reported = cross_validated(x, y, fit, prepare if arm == "outside" else None)
                found[condition, arm].append((100 * reported, 100 * (reported - true)))
    return {
        condition: {arm: dict(zip(MEASURES, np.mean(found[condition, arm], axis=0), strict=True)) for arm in ARMS}
        for condition in CONDITIONS
    }


def cross_validated(x, y, fit, prepare):
    """Accuracy over the folds. What was prepared outside is used as it is; otherwise each fold prepares its own."""
    right = np.zeros(len(y), bool)
    for fold in range(FOLDS):
        held_out = np.arange(len(y)) // 2 % FOLDS == fold  # labels alternate, so every fold is balanced
        p = prepare or fit(x[~held_out], y[~held_out])
        right[held_out] = nearest_centroid(p(x[~held_out]), y[~held_out], p(x[held_out])) == y[held_out]
    return right.mean()


def standardiser(x, y):
    """Mean zero and spread one, by the statistics of the examples given."""
    mean, spread = x.mean(0), x.std(0)
    return lambda new: (new - mean) / spread


def selector(x, y):
    """The inputs whose class means differ most in the examples given. It looks at the labels."""
    difference = np.abs(x[y].mean(0) - x[~y].mean(0)) / x.std(0)
    best = difference.argsort()[-KEPT:]
    return lambda new: new[:, best]


def nearest_centroid(x, y, new):
    """The class whose mean is nearer."""
    a, b = x[y].mean(0), x[~y].mean(0)
    return ((new - a) ** 2).sum(1) < ((new - b) ** 2).sum(1)


def sample(rng, n, inputs, signal):
    """Alternating labels; ten inputs are shifted between the classes, the others are noise."""
    y = np.arange(n) % 2 == 0
    x = rng.normal(size=(n, inputs))
    x[:, :10] += signal * y[:, None]
    return x, y


def illustrate(seed, inputs, examples, signal):
    """What is reported without any signal, by number of inputs: the truth is 50 %."""
    numbers = [20, 50, 100, 200, 500, 1000, 2000]
    found = [measure(seed, number, examples, 0)["selecting 20 inputs"] for number in numbers]
    lines = {f"selected {arm} the folds": [f[arm]["reported"] for f in found] for arm in ARMS}
    curve = {"kind": "curves", "title": "Accuracy reported for labels that nothing can predict", "x": numbers}
    return [curve | {"x_label": "inputs", "y_label": "accuracy (%)", "lines": lines}]
