"""Does a model give away who was in its training data, and what does differential privacy cost?

A small network learns to read handwritten digits, some with wrong labels, as real data have. The attacker sees the loss
of single images and guesses that a low loss means a member of the training set (Yeom et al. 2018). The area under the
ROC curve (AUC) says how well that works: 50 % is guessing. Then the same network is trained with differential privacy:
each example's gradient is clipped to length 1, and noise is added to the sum (Abadi et al. 2016). Every step uses the
whole training set, so the budget epsilon follows from the noise and the number of steps alone (Bun and Steinke 2016).

What would change the outcome: more training data (privacy gets cheap), clean labels or fewer steps (there is less to
give away), a pre-trained network, or a stronger attack that trains models of its own.
"""

import numpy as np
from scipy.stats import rankdata
from sklearn.datasets import load_digits

ARMS = {
    "plain": "trained until it fits, no protection",
    "stopped": "stopped where validation loss is least",
    "private": "trained with differential privacy",
}
MEASURES = {
    "attack": {"says": "AUC of the attack", "unit": "%", "better": "lower"},
    "accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"},
}
CONDITIONS = ["50", "8", "1"]
AXIS = "epsilon (smaller is more private)"
PARAMETERS = {
    "members": {"says": "training examples", "default": 600, "low": 150, "high": 750},
    "wrong": {"says": "training labels that are wrong", "unit": "%", "default": 10, "low": 0, "high": 40},
}
CLAIMS = {
    "gives-nothing-away": {
        "says": "A model that is shared without its data gives nothing away: the attack has an AUC below 55 %.",
        "test": "attack: plain < 55",
        "conditions": ["8"],
    },
    "stopping-is-enough": {
        "says": "A model that is stopped before it overfits gives little away: the attack has an AUC below 55 %.",
        "test": "attack: stopped < 55",
        "conditions": ["8"],
    },
    "privacy-protects": {
        "says": "Differential privacy brings the attack to an AUC below 55 %.",
        "test": "attack: private < 55",
    },
    "privacy-costs": {
        "says": "Differential privacy costs at least 5 points of accuracy against early stopping.",
        "test": "accuracy: private < stopped - 5",
    },
}
SOURCES = ["yeom-2018", "abadi-2016", "bun-steinke-2016", "shokri-2017"]
BUDGET_S = 10
STEPS = {"plain": 600, "private": 100}
DELTA = 1e-4

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = np.column_stack([IMAGES / 16, np.ones(len(IMAGES))])  # the last input is 1, for the bias


def measure(seed, members, wrong):
    """Train every model on the same members; attack it with as many strangers, whose labels are as noisy."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, truth = IMAGES[order], LABELS[order]
    y = np.where(rng.random(len(x)) < wrong / 100, rng.integers(10, size=len(x)), truth)
    member, stranger, rest = slice(0, members), slice(members, 2 * members), slice(2 * members, None)
    history = trained(rng, x[member], y[member], STEPS["plain"])
    models = {"plain": history[-1], "stopped": min(history[::5], key=lambda net: losses(net, x[rest], y[rest]).mean())}
    for epsilon in CONDITIONS:
        models[epsilon] = trained(rng, x[member], y[member], STEPS["private"], epsilon=float(epsilon))[-1]
    marks = {
        name: {
            "attack": auc(losses(net, x[stranger], y[stranger]), losses(net, x[member], y[member])),
            "accuracy": 100 * np.mean(forward(net, x[stranger])[1].argmax(1) == truth[stranger]),
        }
        for name, net in models.items()
    }
    open_models = {arm: marks[arm] for arm in ("plain", "stopped")}
    return {epsilon: {**open_models, "private": marks[epsilon]} for epsilon in CONDITIONS}


def illustrate(seed, members, wrong):
    """How the attack gets better while the plain network trains."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, y = IMAGES[order], np.where(rng.random(len(IMAGES)) < wrong / 100, rng.integers(10, size=1797), LABELS[order])
    history = trained(rng, x[:members], y[:members], STEPS["plain"])[::20]
    inside, outside = ([losses(net, x[p], y[p]) for net in history] for p in (slice(members), slice(members, None)))
    lines = {"AUC of the attack": [auc(*pair) for pair in zip(outside, inside, strict=True)]}
    for name, found in {"members given half or more": inside, "strangers given half or more": outside}.items():
        lines[name] = [100 * np.mean(one < np.log(2)) for one in found]
    labels = {"x_label": "steps", "y_label": "%"}
    steps = list(range(0, STEPS["plain"], 20))
    return [
        {"kind": "curves", "title": "The longer it trains, the more it tells", "x": steps, "lines": lines, **labels}
    ]


def trained(rng, x, y, steps, epsilon=None):
    """The network after each step of full-batch gradient descent with momentum; private if epsilon is given."""
    net = [rng.normal(size=(65, 32)) / 8, rng.normal(size=(33, 10)) / 6]
    speed, history = [0, 0], []
    for _ in range(steps):
        gradient = slope(net, x, y, np.inf) if epsilon is None else slope(net, x, y, 1.0)
        if epsilon is not None:
            gradient = [g + noise_for(epsilon, steps) * rng.normal(size=g.shape) for g in gradient]
        speed = [0.9 * v + g / len(x) for v, g in zip(speed, gradient, strict=True)]
        net = [w - 0.3 * v for w, v in zip(net, speed, strict=True)]
        history.append(net)
    return history


def noise_for(epsilon, steps):
    """Noise for sums whose terms have length 1 at most: rho-zCDP with epsilon = rho + 2 sqrt(rho log(1 / delta))."""
    log = np.log(1 / DELTA)
    rho = (np.sqrt(log + epsilon) - np.sqrt(log)) ** 2
    return np.sqrt(steps / (2 * rho))


def forward(net, x):
    """Hidden layer with a constant, and class probabilities."""
    hidden = np.column_stack([np.maximum(x @ net[0], 0), np.ones(len(x))])
    scores = hidden @ net[1]
    odds = np.exp(scores - scores.max(1, keepdims=True))
    return hidden, odds / odds.sum(1, keepdims=True)


def slope(net, x, y, longest):
    """Sum of the examples' gradients, each shortened to length `longest`.

    One example's gradient of a layer is an outer product: its squared length is the product of those of its factors.
    """
    hidden, p = forward(net, x)
    last = p - np.eye(10)[y]
    first = (last @ net[1][:-1].T) * (hidden[:, :-1] > 0)
    length = np.sqrt((x**2).sum(1) * (first**2).sum(1) + (hidden**2).sum(1) * (last**2).sum(1))
    factor = np.minimum(1, longest / np.maximum(length, 1e-12))[:, None]
    return [x.T @ (factor * first), hidden.T @ (factor * last)]


def losses(net, x, y):
    """Cross-entropy of each example."""
    return -np.log(forward(net, x)[1][np.arange(len(x)), y] + 1e-30)


def auc(outside, inside):
    """Chance in percent that a stranger's loss is above a member's."""
    ranks = rankdata(np.concatenate([outside, inside]))[: len(outside)]
    return 100 * (ranks.mean() - (len(outside) + 1) / 2) / len(inside)
