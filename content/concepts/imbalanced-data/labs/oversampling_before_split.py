"""Is it harmless to oversample before the split?

Positives are 5 % of a small data set. In one arm they are first copied until the classes balance, and then the data
are split into training and held-out parts, so that copies of one example land on both sides. In the other the data are
split first, and only the training part is oversampled. Each reports its recall on its held-out part; we compare with
the recall of the same model on new positives.

What would change the outcome: a stiffer model, which cannot remember single examples, or many more positives; both make
the leak smaller.
"""

import numpy as np

ARMS = {"before": "oversampled, then split", "after": "split, then the training part oversampled"}
MEASURES = {
    "reported": {"says": "recall on the held-out part", "unit": "%"},
    "optimism": {"says": "reported recall minus recall on new data", "unit": "points"},
}
AXIS = "model"
CONDITIONS = ["nearest neighbour", "logistic regression"]
PARAMETERS = {
    "examples": {"says": "examples before oversampling", "default": 600, "low": 200, "high": 1500},
    "distance": {"says": "distance of the classes, in spreads", "default": 1.5, "low": 0.0, "high": 4.0},
    "inputs": {"says": "inputs of each example", "default": 10, "low": 2, "high": 50},
}
CLAIMS = {
    "harmless": {
        "says": "Oversampling before the split is harmless: reported recall is within 5 points of that on new data.",
        "test": "optimism: before == 0 +- 5",
    },
    "overstates-recall": {
        "says": "With a nearest-neighbour model, oversampling before the split overstates recall by 20 points or more.",
        "test": "optimism: before > 20",
        "conditions": ["nearest neighbour"],
    },
    "after-is-honest": {
        "says": "Oversampling only the training part reports the recall on new data within 5 points.",
        "test": "optimism: after == 0 +- 5",
    },
}
SOURCES = ["santos-2018"]
BUDGET_S = 10

SHARE, SPLITS = 0.05, 20


def measure(seed, examples, distance, inputs):
    """Mean over several data sets of one seed: few positives make a single split noisy."""
    rng = np.random.default_rng(seed)
    found = {(model, arm): [] for model in CONDITIONS for arm in ARMS}
    for _ in range(SPLITS):
        x, y = sample(rng, round(SHARE * examples), examples - round(SHARE * examples), distance, inputs)
        new_x, _ = sample(rng, 500, 0, distance, inputs)  # recall needs positives only
        order = rng.permutation(len(y))
        for arm in ARMS:
            if arm == "before":
                copies = balanced(rng, y)
                train, held_out = np.split(rng.permutation(copies), [round(0.7 * len(copies))])
            else:
                train, held_out = np.split(order, [round(0.7 * len(y))])
                train = train[balanced(rng, y[train])]
            held_out = held_out[y[held_out]]
            for model, flags in (("nearest neighbour", nearest), ("logistic regression", logistic)):
                flagged = flags(x[train], y[train], np.concatenate([x[held_out], new_x]))
                reported, true = flagged[: len(held_out)].mean(), flagged[len(held_out) :].mean()
                found[model, arm].append((100 * reported, 100 * (reported - true)))
    return {
        model: {arm: dict(zip(MEASURES, np.nanmean(found[model, arm], axis=0), strict=True)) for arm in ARMS}
        for model in CONDITIONS
    }


def balanced(rng, y):
    """Indices of all examples, and of positives again until there are as many as negatives."""
    return np.concatenate([np.arange(len(y)), rng.choice(np.flatnonzero(y), np.sum(~y) - np.sum(y))])


def nearest(x, y, new):
    """The class of the nearest training example."""
    squares = (new**2).sum(1)[:, None] - 2 * new @ x.T + (x**2).sum(1)
    return y[squares.argmin(1)]


def logistic(x, y, new):
    """Logistic regression by Newton's method with a touch of L2."""
    x = np.column_stack([np.ones(len(x)), x])
    w = np.zeros(x.shape[1])
    for _ in range(8):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        hessian = (x.T * (p * (1 - p))) @ x + np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + w)
    return w[0] + new @ w[1:] > 0


def sample(rng, positives, negatives, distance, inputs):
    """Two clouds whose centres are `distance` apart."""
    y = np.arange(positives + negatives) < positives
    x = rng.normal(size=(len(y), inputs))
    x[:, 0] += distance * y
    return x, y


def illustrate(seed, examples, distance, inputs):
    """What is reported, by number of examples."""
    sizes = [200, 400, 800]
    found = [measure(seed, size, distance, inputs) for size in sizes]
    lines = {f"{arm}, {model}": [f[model][arm]["optimism"] for f in found] for model in CONDITIONS for arm in ARMS}
    curve = {"kind": "curves", "title": "How far the held-out recall is off, by size of the data", "x": sizes}
    return [curve | {"x_label": "examples", "y_label": "reported minus true recall (points)", "lines": lines}]
