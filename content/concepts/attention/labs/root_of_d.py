"""Why are attention scores divided by the root of d?

Queries and keys are random vectors of d independent numbers with mean zero and variance one, as after a layer
normalisation. A query is compared with 32 keys; the softmax turns the scores into weights. We measure the variance of
the scores, the largest weight, and two gradients of the typical query (the median of 200): of the weights with respect
to the scores, and of the weights with respect to the query itself. The second has another factor, the keys, which the
division makes smaller too. Nothing is trained: this is what a network begins with.

What would change the outcome: queries and keys that are alike, whose scores grow like d and not like its root; and the
spread of their components. Training may undo any constant factor by scaling the projections.
"""

import numpy as np

ARMS = {"unscaled": "scores as they are", "root-d": "divided by the root of d"}
MEASURES = {
    "variance": {"says": "variance of the scores", "log": True},
    "largest": {"says": "largest of 32 weights (equal weights: 3 %)", "unit": "%"},
    "at-scores": {"says": "gradient that reaches the scores of the typical query", "log": True, "better": "higher"},
    "at-query": {"says": "gradient that reaches the typical query", "log": True, "better": "higher"},
}
CONDITIONS = ["4", "64", "512"]
AXIS = "dimension d of queries and keys"
PARAMETERS = {
    "keys": {"says": "keys that a query is compared with", "default": 32, "low": 2, "high": 64},
    "spread": {"says": "standard deviation of the components", "default": 1.0, "low": 0.1, "high": 3.0},
    "alike": {"says": "correlation of queries and keys", "default": 0.0, "low": 0.0, "high": 0.9},
}
CLAIMS = {
    "root-keeps": {
        "says": "Divided by the root of d, scores have a variance of about one, whatever d is (within 20 %).",
        "test": "variance: root-d == 1 */ 1.2",
    },
    "saturates": {
        "says": "At the start, without the division, more than half of all attention goes to a single key out of 32.",
        "test": "largest: unscaled > 50",
    },
    "gradient-vanishes": {
        "says": "At the start, without the division, the gradient hardly passes the softmax: less than a third of what"
        " reaches the scores with it.",
        "test": "at-scores: unscaled < root-d / 3",
    },
    "query-starves": {
        "says": "At the start, without the division, the typical query gets less than a third of the gradient that it"
        " gets with it.",
        "test": "at-query: unscaled < root-d / 3",
    },
}
SOURCES = ["vaswani-2017"]
BUDGET_S = 10


def measure(seed, keys, spread, alike):
    """Variance, largest weight and gradients, over 200 queries."""
    found = {}
    for condition in CONDITIONS:
        d = int(condition)
        raw, k = scores(seed, d, keys, spread, alike)
        found[condition] = {}
        for arm, divisor in (("unscaled", 1), ("root-d", d**0.5)):
            p = softmax(raw / divisor)  # (query, key)
            at_scores = p[:, :, None] * (np.eye(keys) - p[:, None, :])  # diag(p) - p p^T for each query
            at_query = at_scores @ k / divisor  # d scores / d query = keys / divisor: (query, key, d)
            found[condition][arm] = {
                "variance": (raw / divisor).var(),
                "largest": 100 * p.max(axis=1).mean(),
                "at-scores": np.median(np.linalg.norm(at_scores, axis=(1, 2))),
                "at-query": np.median(np.linalg.norm(at_query, axis=(1, 2))),
            }
    return found


def illustrate(seed, keys, spread, alike):
    """The weights of one query, from the largest to the smallest."""
    lines, shown = {}, min(keys, 12)
    for d in (4, 64, 512):
        raw = scores(seed, d, keys, spread, alike)[0][0]
        for name, divisor in (("unscaled", 1), ("root of d", d**0.5)):
            lines[f"d = {d}, {name}"] = np.sort(100 * softmax(raw[None] / divisor)[0])[::-1][:shown].tolist()
    labels = {"title": "Weights of one query", "x_label": "rank of the key", "y_label": "attention weight (%)"}
    return [{"kind": "curves", **labels, "x": list(range(1, shown + 1)), "lines": lines}]


def scores(seed, d, keys, spread, alike):
    """Dot products of 200 queries with their keys, and those keys."""
    random = np.random.default_rng(seed)
    common = random.normal(size=(200, 1, d))
    q, k = random.normal(size=(200, 1, d)), random.normal(size=(200, keys, d))
    q, k = ((1 - alike) ** 0.5 * own + alike**0.5 * common for own in (q, k))
    return spread**2 * (q * k).sum(axis=2), spread * k  # (query, key) and (query, key, d)


def softmax(scores):
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
