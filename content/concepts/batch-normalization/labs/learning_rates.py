"""Does batch normalisation allow higher learning rates, and does its place matter?

A network with four hidden layers learns to read handwritten digits by plain SGD, with seven learning rates from 0.03
to 30 at once (they are the leading axis of every weight). A rate works if the network reaches 80 % accuracy. The
network is plain, or has batch norm before or after each ReLU. We compare the highest rate that works, and the test
accuracy at the rate that a validation set picks. After training we also look at what the first batch norm really hands
on: which of its features still have mean 0 and standard deviation 1?

What would change the outcome: the initialisation (the slider multiplies He's standard deviation: a badly scaled plain
network gains more), an adaptive optimizer, or batches so small that their statistics are mostly noise.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "plain": "no normalisation",
    "before": "batch norm before each ReLU",
    "after": "batch norm after each ReLU",
}
MEASURES = {
    "highest": {"says": "highest learning rate that works", "log": True, "better": "higher"},
    "accuracy": {"says": "test accuracy at the best rate", "unit": "%", "better": "higher"},
    "standard": {"says": "features with |mean| < 0.1 and |std - 1| < 0.1 at the layer's output", "unit": "%"},
}
PARAMETERS = {
    "scale": {"says": "initial weights / He's", "default": 1.0, "low": 0.1, "high": 3},
    "steps": {"says": "mini-batch steps", "default": 120, "low": 50, "high": 400},
    "batch": {"says": "images in a batch", "default": 64, "low": 2, "high": 128},
}
CLAIMS = {
    "higher-rates": {
        "says": "Batch norm allows learning rates at least three times as high.",
        "test": "highest: before > plain * 3",
    },
    "more-accurate": {
        "says": "At the best rate of each, batch norm makes the network more accurate by at least 1 point.",
        "test": "accuracy: before > plain + 1",
    },
    "place": {
        "says": "Before or after the activation makes no difference: the accuracies agree within 1 point.",
        "test": "accuracy: before == after +- 1",
    },
    "standardised": {
        "says": "The output of a batch norm layer has mean 0 and standard deviation 1, in at least 90 % of features.",
        "test": "standard: before > 90",
    },
}
SOURCES = ["ioffe-2015", "bjorck-2018"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.logspace(-1.5, 1.5, 7)
SIZES = [64, 48, 48, 48, 48, 10]


def measure(seed, scale, steps, batch):
    """Train each arm at all rates on the same batches."""
    train, validation, test = split(seed)
    result = {}
    for arm in ARMS:
        net = fit(arm, seed, train, scale, steps, batch)
        right = accuracy(arm, net, train, validation)
        works = RATES[right >= 80] if (right >= 80).any() else RATES[:1]
        best = right.argmax()
        first = forward(arm, net, train[0])[1][0][best]  # (image, unit): what the first batch norm (or layer) gives
        off = torch.maximum(first.mean(0).abs(), (first.std(0) - 1).abs())
        result[arm] = {
            "highest": works.max(),
            "accuracy": accuracy(arm, net, train, test)[best],
            "standard": 100 * (off < 0.1).float().mean(),
        }
    return result


def illustrate(seed, scale, steps, batch):
    """Accuracy by learning rate, for one seed."""
    train, validation, _ = split(seed)
    nets = {arm: fit(arm, seed, train, scale, steps, batch) for arm in ARMS}
    lines = {arm: accuracy(arm, net, train, validation).tolist() for arm, net in nets.items()}
    title, x_label, y_label = "Accuracy by learning rate", "log10 of the learning rate", "validation accuracy (%)"
    figure = {"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label}
    return [figure | {"x": RATES.log10().tolist(), "lines": lines}]


def split(seed):
    """700 images to train, 300 to tune, the rest to test."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32), torch.tensor(LABELS[order])
    return (x[:700], y[:700]), (x[700:1000], y[700:1000]), (x[1000:], y[1000:])


def fit(arm, seed, train, scale, steps, batch):
    """Plain SGD. Weights have the shape (rate, inputs, outputs); biases and batch norm's gamma (rate, 1, outputs)."""
    torch.manual_seed(seed)
    net = []
    for n, m in pairwise(SIZES):
        net += [torch.randn(n, m) * scale * (2 / n) ** 0.5, torch.zeros(1, m), torch.ones(1, m)]
    net = [p.repeat(len(RATES), 1, 1) for p in net]
    for chosen in torch.randint(700, (steps, batch)):
        net = [p.detach().requires_grad_() for p in net]
        scores = forward(arm, net, train[0][chosen])[0]  # (rate, image, class)
        target = train[1][chosen].repeat(len(RATES))
        loss = F.cross_entropy(scores.flatten(0, 1), target, reduction="sum") / batch
        gradients = torch.autograd.grad(loss, net, allow_unused=True, materialize_grads=True)
        net = [p.detach() - RATES.view(-1, 1, 1) * g for p, g in zip(net, gradients, strict=True)]
    return net


def forward(arm, net, x):
    """The scores, and what each hidden layer's normalisation hands on."""
    h, handed = x, []
    for weight, beta, gamma in zip(net[:-3:3], net[1:-3:3], net[2:-3:3], strict=True):
        z = h @ weight
        z = z.relu() if arm == "after" else z
        z = z + beta if arm == "plain" else normalised(z) * gamma + beta
        handed.append(z)
        h = z if arm == "after" else z.relu()
    return h @ net[-3] + net[-2], handed


def normalised(z):
    """Mean 0 and variance 1 for each feature over the batch (rate, image, feature)."""
    return (z - z.mean(1, keepdim=True)) / (z.var(1, unbiased=False, keepdim=True) + 1e-5).sqrt()


def accuracy(arm, net, train, data):
    """Percentage right, by rate; the statistics of evaluation are taken with all training images beside."""
    scores = forward(arm, net, torch.cat([data[0], train[0]]))[0][:, : len(data[0])]
    return 100 * (scores.argmax(2) == data[1]).float().mean(1)
