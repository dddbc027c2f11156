"""Does L1 regularisation set weights to exactly zero?

A linear regression on 40 examples has 60 inputs in pairs that nearly agree, and only five pairs matter. It is penalised
by L1, by L2 and by the elastic net (half of each), once by proximal gradient descent, which applies the thresholding
itself, and once the way a training loop does it: the penalty is added to the loss and Adam follows the gradient. The
strength of each penalty is chosen on a validation set, and then we count.

What would change the outcome: a threshold applied after training, which is what pruning does; for the tiny weights,
a learning rate of Adam that stays high instead of falling to zero, as it does here. What the elastic net gains with
pairs depends on having fewer examples than inputs: with 80 examples L1 keeps both of a pair as well.
"""

import numpy as np

ARMS = {"l1": "L1 penalty", "l2": "L2 penalty", "elastic-net": "half L1, half L2"}
MEASURES = {
    "zeros": {"says": "weights that are exactly zero", "unit": "%"},
    "small": {"says": "weights below a hundredth of the largest", "unit": "%"},
    "together": {"says": "relevant pairs of which both are kept (above a hundredth)", "unit": "%"},
    "error": {"says": "error on new data (MSE)", "better": "lower", "log": True},
}
AXIS = "how the penalty is minimised"
CONDITIONS = ["proximal gradient", "Adam on the sum"]
PARAMETERS = {
    "similarity": {"says": "correlation within a pair", "default": 0.95, "low": 0.0, "high": 0.99},
    "examples": {"says": "training examples, for 60 inputs", "default": 40, "low": 20, "high": 200},
    "rate": {"says": "first learning rate of Adam", "default": 0.02, "low": 0.002, "high": 0.1},
}
CLAIMS = {
    "l1-exact-zeros": {
        "says": "L1 regularisation sets weights to exactly zero: at least a fifth of them.",
        "test": "zeros: l1 > 20",
    },
    "l2-no-zeros": {
        "says": "L2 regularisation sets fewer than one weight in a hundred to exactly zero.",
        "test": "zeros: l2 < 1",
    },
    "l1-nearly-zeros": {
        "says": "Minimised either way, L1 makes a fifth of the weights smaller than a hundredth of the largest.",
        "test": "small: l1 > 20",
    },
    "elastic-net-keeps-pairs": {
        "says": "With 40 examples of 60 paired inputs, the elastic net keeps both of a pair more often, by 10 points.",
        "test": "together: elastic-net > l1 + 10",
        "conditions": ["proximal gradient"],
    },
}
SOURCES = ["tibshirani-1996", "langford-2009", "zou-2005"]
BUDGET_S = 10

INPUTS, RELEVANT = 60, 10
STRENGTHS = np.logspace(-2.5, 0.5, 13)  # all are trained side by side, one column of weights each
L1_SHARE = {"l1": 1.0, "l2": 0.0, "elastic-net": 0.5}
STEPS = 1000


def measure(seed, similarity, examples, rate):
    """Train with every penalty and strength, choose the strength on a validation set and count."""
    rng = np.random.default_rng(seed)
    truth = np.zeros(INPUTS)
    truth[:RELEVANT] = np.repeat(rng.choice([-1, 1], RELEVANT // 2) * rng.uniform(0.5, 1.5, RELEVANT // 2), 2)
    (x, y), validation, test = (data(rng, n, truth, similarity) for n in (examples, 200, 2000))
    values = {}
    for condition, train in zip(CONDITIONS, (proximal, adam), strict=True):
        values[condition] = {}
        for arm, share in L1_SHARE.items():
            w = train(x, y, STRENGTHS * share, STRENGTHS * (1 - share), rate)
            w = w[:, mse(w, *validation).argmin()]
            kept = np.abs(w) > np.abs(w).max() / 100
            values[condition][arm] = {
                "zeros": 100 * np.mean(w == 0),
                "small": 100 * np.mean(~kept),
                "together": 100 * kept[:RELEVANT].reshape(-1, 2).all(1).mean(),
                "error": mse(w[:, None], *test)[0],
            }
    return values


def proximal(x, y, l1, l2, rate):
    """Gradient step on the squared error and the L2 part, then soft thresholding for the L1 part."""
    step = 1 / (np.linalg.norm(x, 2) ** 2 / len(x) + l2)  # the greatest curvature gives the step
    w = np.zeros((INPUTS, len(l1)))  # (input, strength)
    for _ in range(STEPS):
        v = w - step * (x.T @ (x @ w - y[:, None]) / len(x) + l2 * w)
        w = np.sign(v) * np.maximum(np.abs(v) - step * l1, 0)
    return w


def adam(x, y, l1, l2, rate):
    """Adam on error plus penalty; what automatic differentiation gives for |w| is its sign. The rate falls to zero."""
    w, m, v = np.zeros((3, INPUTS, len(l1)))
    w += np.random.default_rng(0).normal(size=(INPUTS, 1)) / INPUTS  # as a network starts: small, not zero
    for t in range(1, STEPS + 1):
        gradient = x.T @ (x @ w - y[:, None]) / len(x) + l2 * w + l1 * np.sign(w)
        m, v = 0.9 * m + 0.1 * gradient, 0.999 * v + 0.001 * gradient**2
        w = w - rate * (1 - t / STEPS) * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return w


def data(rng, n, truth, similarity):
    """Inputs in correlated pairs, and noisy values of a linear function of them."""
    shared = np.repeat(rng.normal(size=(n, INPUTS // 2)), 2, axis=1)
    x = np.sqrt(similarity) * shared + np.sqrt(1 - similarity) * rng.normal(size=(n, INPUTS))
    return x, x @ truth + rng.normal(size=n)


def mse(w, x, y):
    """Mean squared error by strength."""
    return ((x @ w - y[:, None]) ** 2).mean(0)


def illustrate(seed, similarity, examples, rate):
    """The first sixteen weights of each method, as they stand; the first ten inputs matter."""
    rng = np.random.default_rng(seed)
    truth = np.zeros(INPUTS)
    truth[:RELEVANT] = np.repeat(rng.choice([-1, 1], RELEVANT // 2) * rng.uniform(0.5, 1.5, RELEVANT // 2), 2)
    x, y = data(rng, examples, truth, similarity)
    zero, half = np.zeros(1), np.array([0.1])
    trained = {
        "L1 proximal": proximal(x, y, half, zero, rate),
        "L1 by Adam": adam(x, y, half, zero, rate),
        "L2": proximal(x, y, zero, half, rate),
        "elastic net": proximal(x, y, half / 2, half / 2, rate),
    }
    lines = ["input   truth   " + "   ".join(f"{name:>12}" for name in trained)]
    for i in range(16):
        shown = ("0" if w[i, 0] == 0 else f"{w[i, 0]:.2g}" for w in trained.values())
        lines.append(f"{i + 1:>5}   {truth[i]:>5.2f}   " + "   ".join(f"{value:>12}" for value in shown))
    return [{"kind": "text", "title": "Weights at strength 0.1 (sixteen of sixty)", "text": "\n".join(lines)}]
