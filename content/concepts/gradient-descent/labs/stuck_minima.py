"""Do mini-batches avoid local minima?

Tiny networks learn XOR from 32 noisy points, four clouds on the corners of a square. With two or three hidden units
many runs end trapped: with one or two clouds on the wrong side. Whether that place is a local minimum, a flat valley or
a saturated region is not told apart. From the same random starts we train with the whole set, with mini-batches of
eight and with single samples, for the same number of steps, each at the better of two rates, and count the starts that
end trapped. The rate falls to zero, so that what is left at the end is the place and not the noise.

What would change the outcome: far larger rates, a longer time at a high rate, noise of another kind; and width, which
removes the traps altogether and for every variant.
"""

import numpy as np

ARMS = {
    "full": "each step uses all 32 points",
    "mini": "each step uses eight random points",
    "single": "each step uses one random point",
}
MEASURES = {"stuck": {"says": "starts that end with over a tenth of points wrong", "unit": "%", "better": "lower"}}
CONDITIONS = ["2 hidden units", "3 hidden units", "16 hidden units"]
AXIS = "width of the hidden layer"
PARAMETERS = {
    "steps": {"says": "steps of gradient descent", "default": 800, "low": 200, "high": 3000},
    "mini": {"says": "points in a mini-batch", "default": 8, "low": 2, "high": 24},
}
CLAIMS = {
    "mini-avoids-minima": {
        "says": "Mini-batches avoid local minima: at most 1 start in a hundred ends trapped.",
        "test": "stuck: mini < 1",
    },
    "mini-less-stuck": {
        "says": "Mini-batches get trapped less often than full batches, by at least 5 starts in a hundred.",
        "test": "stuck: mini < full - 5",
    },
    "width-removes-traps": {
        "says": "With 16 hidden units even full batches are trapped from at most 1 start in a hundred.",
        "test": "stuck: full < 1",
        "conditions": ["16 hidden units"],
    },
}
SOURCES = ["gbc-8", "dauphin-2014"]
BUDGET_S = 10

POINTS, STARTS, RATES = 32, 25, (0.3, 1.0)


def measure(seed, steps, mini):
    """Share of trapped starts of each variant at its best rate, by width."""
    sizes = {"full": POINTS, "mini": int(mini), "single": 1}
    return {
        condition: {arm: {"stuck": stuck(seed, int(condition.split()[0]), size, steps)} for arm, size in sizes.items()}
        for condition in CONDITIONS
    }


def stuck(seed, width, size, steps):
    """Percentage of starts that end with more than a tenth of the points on the wrong side; the less of both rates."""
    rng = np.random.default_rng(seed)
    corners = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]]).repeat(POINTS // 4, axis=0)
    x, y = corners + 0.2 * rng.normal(size=corners.shape), corners.prod(axis=1) < 0  # (point, 2), (point,)
    rate = np.repeat(RATES, STARTS)[:, None, None]  # every start is trained at every rate, side by side
    w1 = np.tile(rng.normal(size=(STARTS, 2, width)), (len(RATES), 1, 1))
    w2 = np.tile(rng.normal(size=(STARTS, width, 1)) / width**0.5, (len(RATES), 1, 1))
    b1, b2 = np.zeros((len(rate), 1, width)), np.zeros((len(rate), 1, 1))
    for step in range(steps):
        batch = slice(None) if size == POINTS else rng.integers(0, POINTS, size)
        h = np.tanh(x[batch] @ w1 + b1)  # (start and rate, point, unit)
        error = ((1 + np.tanh((h @ w2 + b2) / 2)) / 2 - y[batch, None]) / size  # sigmoid and cross-entropy
        back = error @ w2.mT * (1 - h**2)
        now = rate * (1 - step / steps)
        w2 -= now * h.mT @ error
        b2 -= now * error.sum(axis=1, keepdims=True)
        w1 -= now * x[batch].T @ back
        b1 -= now * back.sum(axis=1, keepdims=True)
    wrong = ((np.tanh(x @ w1 + b1) @ w2 + b2)[:, :, 0] > 0) != y
    trapped = wrong.mean(axis=1).reshape(len(RATES), STARTS) > 0.1
    return 100 * trapped.mean(axis=1).min()
