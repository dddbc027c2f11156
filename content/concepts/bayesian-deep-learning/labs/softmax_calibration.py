"""Are softmax outputs calibrated probabilities?

Points of five overlapping Gaussian classes are made, so the true class probabilities of each point are known. A small
network learns from 500 of them. It is judged where its validation loss is least, and after training on until it fits
its data. Calibrated means: of all predictions made with 80 % confidence, 80 % are right; the expected calibration error
(ECE) is the average gap. Temperature scaling (Guo et al. 2017) divides the scores by a number found on validation data.

What would change the outcome: more training data, classes that hardly overlap, strong weight decay, or test data from
elsewhere, for which no number found on validation data need be right.
"""

import numpy as np

ARMS = {"softmax": "the network's softmax outputs", "scaled": "the same with temperature scaling"}
MEASURES = {
    "ece": {"says": "expected calibration error", "unit": "points", "better": "lower"},
    "excess": {"says": "mean confidence minus accuracy", "unit": "points"},
    "distance": {"says": "mean distance from the true probability, top class", "unit": "points", "better": "lower"},
}
CONDITIONS = ["stopped early", "trained on"]
AXIS = "training"
PARAMETERS = {
    "steps": {"says": "training steps", "default": 800, "low": 100, "high": 2000},
    "examples": {"says": "training examples", "default": 500, "low": 100, "high": 4000},
}
CLAIMS = {
    "softmax-calibrated": {
        "says": "Softmax outputs are calibrated probabilities: the calibration error is below 5 points.",
        "test": "ece: softmax < 5",
    },
    "overconfident": {
        "says": "A network that is trained until it fits its data is overconfident by at least 5 points.",
        "test": "excess: softmax > 5",
        "conditions": ["trained on"],
    },
    "temperature-mends": {
        "says": "One temperature, found on validation data, brings the calibration error below 5 points.",
        "test": "ece: scaled < 5",
    },
    "then-right": {
        "says": "After temperature scaling each single probability is about right: within 5 points on average.",
        "test": "distance: scaled < 5",
    },
}
SOURCES = ["guo-2017"]
BUDGET_S = 10


def measure(seed, steps, examples):
    """Train once, judge at two moments, with and without temperature."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(5, 10))
    (x, y, _), (x_valid, y_valid, _), (x_test, y_test, truth) = (drawn(rng, centres, n) for n in (examples, 500, 4000))
    history = trained(rng, x, y, steps)
    losses = [loss(scores(net, x_valid), y_valid, 1) for net in history[::5]]
    values = {}
    for condition, net in zip(CONDITIONS, (history[5 * int(np.argmin(losses))], history[-1]), strict=True):
        temperatures = np.geomspace(0.3, 10, 60)
        best = min(temperatures, key=lambda t: loss(scores(net, x_valid), y_valid, t))
        values[condition] = {
            arm: judged(softmax(scores(net, x_test) / t), y_test, truth)
            for arm, t in (("softmax", 1), ("scaled", best))
        }
    return values


def illustrate(seed, steps, examples):
    """Accuracy by confidence: on the diagonal is calibrated."""
    rng = np.random.default_rng(seed)
    centres = rng.normal(size=(5, 10))
    (x, y, _), (x_test, y_test, _) = (drawn(rng, centres, n) for n in (examples, 20000))
    p = softmax(scores(trained(rng, x, y, steps)[-1], x_test))
    sure, right = p.max(1), p.argmax(1) == y_test
    middles = np.arange(35, 100, 10)
    inside = [abs(100 * sure - m) <= 5 for m in middles]
    lines = {
        "calibrated": middles.tolist(),
        "trained on": [100 * right[i].mean() if i.sum() > 20 else None for i in inside],
    }
    labels = {"x_label": "confidence (%)", "y_label": "accuracy (%)"}
    return [{"kind": "curves", "title": "Accuracy by confidence", "x": middles.tolist(), "lines": lines, **labels}]


def drawn(rng, centres, n):
    """Points, classes, and the true probability of each class at each point."""
    y = rng.integers(5, size=n)
    x = centres[y] + 1.5 * rng.normal(size=(n, 10))
    squares = ((x[:, None] - centres) ** 2).sum(2)  # (point, class)
    return x / 2, y, softmax(-squares / (2 * 1.5**2))


def trained(rng, x, y, steps):
    """The network after each step of full-batch gradient descent with momentum."""
    net = [rng.normal(size=(11, 64)) * (2 / 11) ** 0.5, rng.normal(size=(65, 5)) * 0.1]
    speed, history = [0, 0], []
    for _ in range(steps):
        hidden = layer(net[0], x)
        error = (softmax(with_one(hidden) @ net[1]) - np.eye(5)[y]) / len(x)
        back = (error @ net[1][:-1].T) * (hidden > 0)
        slopes = [with_one(x).T @ back, with_one(hidden).T @ error]
        speed = [0.9 * v + g for v, g in zip(speed, slopes, strict=True)]
        net = [w - 0.05 * v for w, v in zip(net, speed, strict=True)]
        history.append(net)
    return history


def with_one(x):
    return np.column_stack([x, np.ones(len(x))])


def layer(weights, x):
    return np.maximum(with_one(x) @ weights, 0)


def scores(net, x):
    return with_one(layer(net[0], x)) @ net[1]


def softmax(s):
    odds = np.exp(s - s.max(1, keepdims=True))
    return odds / odds.sum(1, keepdims=True)


def loss(s, y, temperature):
    """Cross-entropy at a temperature."""
    return -np.log(softmax(s / temperature)[np.arange(len(y)), y] + 1e-30).mean()


def judged(p, y, truth):
    """ECE with 15 bins of confidence, excess confidence, and distance from the true probability of the top class."""
    top = p.argmax(1)
    sure, right = p.max(1), top == y
    bins = np.minimum((15 * sure).astype(int), 14)
    gaps = [abs((right - sure)[bins == b].sum()) for b in range(15)]
    far = abs(sure - truth[np.arange(len(y)), top])
    return {"ece": 100 * sum(gaps) / len(y), "excess": 100 * (sure - right).mean(), "distance": 100 * far.mean()}
