"""Does removing the protected attribute make a model fair?

Applicants of two equally large groups have a skill, seen through two noisy scores, and an address that gives away the
group more or less. A logistic regression learns from past decisions. In two settings these turned down a third of the
skilled applicants of group B, though both groups are equally skilled; in the third, decisions were correct, but skill
differs on average. A model may use the group, be blind to it, learn with weights that make group and decision
independent (reweighing, Kamiran and Calders 2012), or have a threshold for each group. Then new applicants come. Gaps
between the groups are measured in acceptance (demographic parity) and in acceptance of the truly skilled (equal
opportunity), accuracy against true skill, which past decisions hide in the first two settings.

What would change the outcome: a proxy as weak as 0, no past bias, groups of very different size, or a model that is too
simple to use the proxy.
"""

import numpy as np

ARMS = {
    "full": "uses the group",
    "blind": "is not told the group",
    "reweighed": "is not told the group; examples weighted so that group and decision are independent",
    "thresholds": "uses the group, with the same rate of acceptance in both groups",
}
MEASURES = {
    "parity-gap": {"says": "gap in acceptance", "unit": "points", "better": "lower"},
    "opportunity-gap": {"says": "gap in acceptance of the skilled", "unit": "points", "better": "lower"},
    "accuracy": {"says": "accuracy against true skill", "unit": "%", "better": "higher"},
}
CONDITIONS = ["biased decisions, no proxy", "biased decisions, proxy", "skill differs, proxy"]
AXIS = "data"
PARAMETERS = {
    "proxy": {"says": "distance of the groups' addresses", "unit": "SD", "default": 2.0, "low": 0.0, "high": 4.0},
    "bias": {"says": "skilled of group B turned down", "unit": "%", "default": 35, "low": 0, "high": 70},
}
CLAIMS = {
    "blind-is-fair": {
        "says": "Removing the protected attribute makes the model fair: the skilled of both fare alike (5 points).",
        "test": "opportunity-gap: blind < 5",
        "check": "opportunity-gap: full > 10",
        "conditions": ["biased decisions, no proxy", "biased decisions, proxy"],
    },
    "proxy-undoes-blindness": {
        "says": "With a proxy of the group and biased decisions, the blind model leaves a gap of 5 points or more.",
        "test": "opportunity-gap: blind > 5",
        "conditions": ["biased decisions, proxy"],
    },
    "reweighing-helps": {
        "says": "Reweighing brings the gap in acceptance at least 5 points below that of the blind model.",
        "test": "parity-gap: reweighed < blind - 5",
        "conditions": ["biased decisions, proxy", "skill differs, proxy"],
    },
    "fairness-costs-accuracy": {
        "says": "Equal acceptance in both groups costs at least 1 point of accuracy.",
        "test": "accuracy: thresholds < full - 1",
        "conditions": ["biased decisions, proxy", "skill differs, proxy"],
    },
    "criteria-agree": {
        "says": "Equal acceptance of both groups is also equal acceptance of their skilled, within 5 points.",
        "test": "opportunity-gap: thresholds < 5",
        "conditions": ["biased decisions, proxy", "skill differs, proxy"],
    },
}
SOURCES = ["kamiran-calders-2012", "hardt-2016", "kleinberg-2017", "wick-2019"]
BUDGET_S = 10


def measure(seed, proxy, bias):
    """Learn from 4000 past decisions, judge 20000 new applicants by their true skill."""
    values = {}
    for condition in CONDITIONS:
        rng = np.random.default_rng(seed)
        gap, turned_down = (0.8, 0) if "differs" in condition else (0, bias / 100)
        address = 0 if "no proxy" in condition else proxy
        group, x, skilled = applicants(rng, 4000, gap, address)
        decision = skilled * (rng.random(4000) > turned_down * group)
        new_group, new_x, new_skilled = applicants(rng, 20000, gap, address)
        values[condition] = {}
        for arm in ARMS:
            with_group = arm in ("full", "thresholds")
            weights = balancing(group, decision) if arm == "reweighed" else np.ones(4000)
            model = logistic(inputs(x, group, with_group), decision, weights)
            score = inputs(new_x, new_group, with_group) @ model
            if arm == "thresholds":
                rate = np.mean(score > 0)
                level = np.array([np.quantile(score[new_group == g], 1 - rate) for g in (0, 1)])
                score = score - level[new_group]
            values[condition][arm] = judged(score > 0, new_group, new_skilled)
    return values


def illustrate(seed, proxy, bias):
    """The gap by how much the address gives away."""
    x = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4]
    values = [measure(seed, distance, bias)["biased decisions, proxy"] for distance in x]
    lines = {arm: [one[arm]["opportunity-gap"] for one in values] for arm in ARMS}
    title, x_label, y_label = "Gap in acceptance of the skilled", "distance of addresses (SD)", "gap (points)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": x, "lines": lines}]


def applicants(rng, n, gap, proxy):
    """Group (1 is B), what a model sees (two scores and the address), and whether one is skilled."""
    group = rng.integers(2, size=n)
    skill = rng.normal(size=n) - gap * group
    scores = skill[:, None] + 0.7 * rng.normal(size=(n, 2))
    address = rng.normal(size=n) + proxy * group
    return group, np.column_stack([scores, address]), (skill > 0).astype(int)


def balancing(group, decision):
    """Weights: how often a pair of group and decision would occur if they were independent, over how often it does."""
    weights = np.ones(len(group))
    for g in (0, 1):
        for d in (0, 1):
            both = (group == g) & (decision == d)
            weights[both] = np.mean(group == g) * np.mean(decision == d) / max(np.mean(both), 1e-9)
    return weights


def inputs(x, group, with_group):
    """Inputs of a model, with a constant."""
    return np.column_stack([x, np.ones(len(x)), group] if with_group else [x, np.ones(len(x))])


def logistic(x, y, weights):
    """Weighted logistic regression by Newton's method."""
    w = np.zeros(x.shape[1])
    for _ in range(12):
        p = 1 / (1 + np.exp(-x @ w))
        slope = x.T @ (weights * (p - y)) + 1e-3 * w
        curvature = (x.T * (weights * p * (1 - p))) @ x + 1e-3 * np.eye(len(w))
        w -= np.linalg.solve(curvature, slope)
    return w


def judged(accepted, group, skilled):
    """Gaps between the groups (A minus B) and accuracy."""
    a, b = group == 0, group == 1
    return {
        "parity-gap": 100 * abs(accepted[a].mean() - accepted[b].mean()),
        "opportunity-gap": 100 * abs(accepted[a & (skilled == 1)].mean() - accepted[b & (skilled == 1)].mean()),
        "accuracy": 100 * np.mean(accepted == skilled),
    }
