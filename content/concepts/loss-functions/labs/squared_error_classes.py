"""Can squared error train a classifier?

One small network learns to read digits with three losses: softmax with cross-entropy, softmax with squared error on the
probabilities, and no softmax at all, squared error between the raw outputs and one-hot targets. Each loss has the best
of four rates by validation, so that nobody loses by a badly scaled gradient. It is done from a usual start, and from
one whose last layer is ten times too large: there the softmax is saturated and the first predictions are confident and
wrong, as after a change of labels. Raw outputs cannot saturate: for them this start only means huge errors, with which
all four rates diverge and the accuracy is that of guessing. No claim is made of that.

What would change the outcome: lower rates for the raw outputs from the large start; an optimizer that rescales
gradients such as Adam, hundreds of classes, and many more steps, with which saturated outputs recover after all.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "cross-entropy": "softmax and cross-entropy",
    "squared-softmax": "softmax and squared error of the probabilities",
    "squared-raw": "squared error of the raw outputs against one-hot targets",
}
MEASURES = {"accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"}}
CONDITIONS = ["usual start", "saturated start"]
AXIS = "scale of the last layer at the start"
PARAMETERS = {
    "scale": {"says": "last layer of the saturated start, times the usual", "default": 10, "low": 2, "high": 30},
    "steps": {"says": "training steps", "default": 300, "low": 50, "high": 1000},
}
CLAIMS = {
    "squared-error-unfit": {
        "says": "Squared error is unfit for classification: behind a softmax it costs at least 2 points of accuracy.",
        "test": "accuracy: squared-softmax < cross-entropy - 2",
    },
    "saturation-stalls": {
        "says": "From a saturated start, squared error behind a softmax falls at least 5 points behind cross-entropy.",
        "test": "accuracy: squared-softmax < cross-entropy - 5",
        "conditions": ["saturated start"],
    },
    "raw-squared-error-level": {
        "says": "From a usual start, squared error on raw outputs is as accurate as cross-entropy, within 2 points.",
        "test": "accuracy: squared-raw == cross-entropy +- 2",
        "conditions": ["usual start"],
    },
}
SOURCES = ["gbc-mlp", "hui-belkin-2021"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES / 16 - 0.3
RATES, WIDTH = (0.03, 0.1, 0.3, 1.0), 32


def measure(seed, scale, steps):
    """Test accuracy of each loss at its best rate, from both starts."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    found = {}
    for condition, times in zip(CONDITIONS, (1, scale), strict=True):
        found[condition] = {}
        for loss in ARMS:
            net, _ = fit(x[:600], y[:600], loss, times, seed, steps)
            best = accuracy(net, x[600:900], y[600:900]).argmax()
            found[condition][loss] = {"accuracy": accuracy(net, x[900:], y[900:])[best].item()}
    return found


def illustrate(seed, scale, steps):
    """Accuracy on training batches from the saturated start, each loss at the rate that ends highest."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    lines = {}
    for loss in ARMS:
        curves = fit(x[:600], y[:600], loss, scale, seed, steps)[1]  # (step, rate)
        lines[loss] = curves[:, curves[-50:].mean(0).argmax()].unfold(0, 10, 5).mean(1).tolist()
    steps = [5 * number + 5 for number in range(len(lines[loss]))]
    title, x_label, y_label = "Recovering from a saturated start", "step", "accuracy on training batches (%)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": steps, "lines": lines}]


def fit(x, y, loss, scale, seed, steps):
    """SGD with momentum, one net per rate side by side: the nets as a function, and batch accuracies (step, rate)."""
    torch.manual_seed(seed)
    root = torch.tensor(RATES).sqrt().reshape(-1, 1, 1)
    w1, w2 = torch.randn(64, WIDTH) * (2 / 64) ** 0.5, scale * torch.randn(WIDTH, 10) * (1 / WIDTH) ** 0.5
    # Where weight = sqrt(rate) * raw, a gradient step of size 1 on raw is one of size rate on the weight.
    raw = [(value / root).requires_grad_() for value in (w1, torch.zeros(1, WIDTH), w2, torch.zeros(1, 10))]
    optimizer = torch.optim.SGD(raw, lr=1.0, momentum=0.9, fused=True)

    def net(images):
        w1, b1, w2, b2 = (root * value for value in raw)
        return torch.baddbmm(b2, (images @ w1 + b1).relu(), w2)  # (rate, image, class)

    curve = []
    for _ in range(steps):
        batch = torch.randint(len(x), (64,))
        outputs, target = net(x[batch]), F.one_hot(y[batch], 10).float()
        if loss == "cross-entropy":
            errors = -(target * outputs.log_softmax(2)).sum(2)
        elif loss == "squared-softmax":
            errors = (outputs.softmax(2) - target).square().sum(2)
        else:
            errors = (outputs - target).square().sum(2)
        optimizer.zero_grad()
        errors.mean(1).sum().backward()  # each net has its own rate, so their losses are added and not averaged
        optimizer.step()
        curve.append(100 * (outputs.argmax(2) == y[batch]).float().mean(1))
    return net, torch.stack(curve)


def accuracy(net, x, y):
    """Of each net, in per cent."""
    with torch.no_grad():
        return 100 * (net(x).argmax(2) == y).float().mean(1)
