"""Is early stopping the same as L2 regularisation?

A linear regression is trained by gradient descent and stopped when the error on a validation set is least. We then look
for the L2 penalty whose exact solution comes closest to the stopped weights, the best case for the claim, and ask how
far apart the two still are, and whether they predict alike. The inputs all vary equally, or very unequally; or training
starts far from zero.

What would change the outcome: inputs whose variances are nearly equal make the two alike, and so would a penalty on
the distance from the start instead of from zero. A network has no exact solution to compare with.
"""

import numpy as np

ARMS = {
    "stopped": "gradient descent, stopped by a validation set",
    "penalised": "the L2 solution nearest to it",
    "to-the-end": "least squares without either",
}
MEASURES = {
    "distance": {"says": "distance of the weights from the L2 solution, relative to their length", "unit": "%"},
    "error": {"says": "error on new data (excess MSE)", "better": "lower", "log": True},
}
AXIS = "inputs and start"
CONDITIONS = ["equal variances", "unequal variances", "unequal, far start"]
PARAMETERS = {
    "spread": {"says": "greatest variance over the least", "default": 100, "low": 2, "high": 1000},
    "noise": {"says": "spread of the noise", "default": 2.0, "low": 0.2, "high": 5.0},
}
CLAIMS = {
    "equals-l2": {
        "says": "Early stopping equals L2 regularisation: for some penalty the weights agree within 5 %.",
        "test": "distance: stopped < 5",
    },
    "predicts-alike": {
        "says": "Started at zero, stopped weights and the nearest L2 solution err alike on average, within 10 %.",
        "test": "error: stopped == penalised */ 1.1",
        "conditions": ["equal variances", "unequal variances"],
    },
}
SOURCES = ["gbc-2016-early-stopping", "ali-2019"]
BUDGET_S = 10

INPUTS, EXAMPLES = 40, 80
PENALTIES = np.logspace(-5, 4, 400)


def measure(seed, spread, noise):
    """Stop one descent in each condition, find the nearest L2 solution and compare."""
    return {condition: compared(seed, spread, noise, condition)[0] for condition in CONDITIONS}


def compared(seed, spread, noise, condition):
    """The measures of one condition, and both solutions for the picture."""
    rng = np.random.default_rng(seed)
    truth = rng.normal(size=INPUTS) / np.sqrt(INPUTS) * 3
    # Orthogonal inputs with the variances wanted, so that nothing else differs between conditions.
    variances = np.ones(INPUTS) if condition == "equal variances" else np.geomspace(1, 1 / spread, INPUTS)
    x = np.linalg.qr(rng.normal(size=(EXAMPLES, INPUTS)))[0] * np.sqrt(EXAMPLES * variances)
    y = x @ truth + noise * rng.normal(size=EXAMPLES)
    new_x = rng.normal(size=(EXAMPLES, INPUTS)) * np.sqrt(variances)
    new_y = new_x @ truth + noise * rng.normal(size=EXAMPLES)

    start = rng.normal(size=INPUTS) if condition == "unequal, far start" else np.zeros(INPUTS)
    path = descent(x, y, start)  # (step, input)
    stopped = path[((path @ new_x.T - new_y) ** 2).mean(1).argmin()]
    ridges = (x.T @ y) / (EXAMPLES * variances + EXAMPLES * PENALTIES[:, None])  # (penalty, input): x'x is diagonal
    penalised = ridges[((ridges - stopped) ** 2).sum(1).argmin()]
    solutions = {"stopped": stopped, "penalised": penalised, "to-the-end": (x.T @ y) / (EXAMPLES * variances)}
    values = {
        arm: {
            "distance": 100 * np.linalg.norm(w - penalised) / np.linalg.norm(stopped),
            "error": np.sum(variances * (w - truth) ** 2),  # expected squared error beyond the noise
        }
        for arm, w in solutions.items()
    }
    return values, solutions


def descent(x, y, start):
    """The weights after some of the steps of gradient descent, spaced evenly in the logarithm."""
    step = 0.05 / (np.linalg.norm(x, 2) ** 2 / len(x))
    w, path, wanted = start, [start], set(np.geomspace(1, 5000, 200).astype(int))
    hessian, pull = x.T @ x / len(x), x.T @ y / len(x)
    for t in range(1, 5001):
        w = w - step * (hessian @ w - pull)
        if t in wanted:
            path.append(w)
    return np.array(path)


def illustrate(seed, spread, noise):
    """Which share of each least-squares weight is left, by variance of its input."""
    _, found = compared(seed, spread, noise, "unequal variances")
    lines = {arm: found[arm] / found["to-the-end"] for arm in ARMS}
    curve = {"kind": "curves", "title": "Share of the least-squares weight that is left", "x": np.arange(1, INPUTS + 1)}
    return [curve | {"x_label": "input, largest variance first", "y_label": "share", "lines": lines}]
