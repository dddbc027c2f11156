"""Do ReLU units die, and what kills them?

A network with two hidden layers of ReLU learns to read handwritten digits by plain SGD, at a rate that is tuned on a
validation set and at a multiple of it; so does a twin with leaky ReLU. A hidden unit counts as dead when its input is
negative for *every* training image. In a further arm the rate is put back to the tuned one after half of the steps, and
we ask how many of the units that are dead by then ever fire again.

What would change the outcome: the multiple of the rate (at 2 or 3 leaky ReLU helps some networks and ruins others; at
10 most leaky ones overflow, which counts as dead here), gradient clipping, or batch normalisation.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "tuned": "ReLU at the tuned rate",
    "too-high": "ReLU at a multiple of that rate",
    "lowered": "ReLU, too high for one half, tuned for the other",
    "leaky": "leaky ReLU at the too high rate",
}
MEASURES = {
    "dead": {"says": "hidden units whose input is negative for all images", "unit": "%", "better": "lower"},
    "revived": {"says": "units dead after one half that fire at the end", "unit": "%", "better": "higher"},
    "accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"},
}
CONDITIONS = ["He, biases at 0", "He, biases at -0.5", "five times He"]
AXIS = "initialisation"
PARAMETERS = {
    "factor": {"says": "too high rate / tuned rate", "default": 10, "low": 1, "high": 30},
    "steps": {"says": "mini-batch steps", "default": 200, "low": 50, "high": 600},
}
CLAIMS = {
    "rate-kills": {
        "says": "A learning rate ten times too high kills ReLU units: at least 10 points more of them are dead.",
        "test": "dead: too-high > tuned + 10",
    },
    "rare-when-tuned": {
        "says": "At a tuned learning rate fewer than 5 % of ReLU units are dead.",
        "test": "dead: tuned < 5",
    },
    "train-longer": {
        "says": "Dead units come back if one trains on at a proper rate: at least 10 % of them fire again.",
        "test": "revived: lowered > 10",
        "check": "dead: too-high > 5",
    },
    "leaky-repairs": {
        "says": "Leaky ReLU repairs the damage: at the too high rate it is at least 5 points more accurate than ReLU.",
        "test": "accuracy: leaky > too-high + 5",
        "check": "dead: too-high > 5",
    },
}
SOURCES = ["maas-2013", "lu-2019"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.tensor([0.03, 0.1, 0.3, 1.0])
WIDTH = 64


def measure(seed, factor, steps):
    """Tune, then train at the multiple, for each initialisation."""
    return {condition: compare(images(seed), seed, condition, factor, steps) for condition in CONDITIONS}


def compare(data, seed, condition, factor, steps):
    """The arms at one initialisation."""
    x, y = data
    batches = torch.randint(900, (steps, 64), generator=torch.Generator().manual_seed(seed))
    rate = tuned_rate(data, seed, condition, batches)
    rates = torch.stack([rate, rate * factor, rate * factor, rate * factor])
    slopes = torch.tensor([0, 0, 0, 0.01]).view(4, 1, 1)  # of the negative side
    half = sgd(initial(seed, condition, 4), data, batches[: steps // 2], rates, slopes)
    rates[2] = rate
    end = sgd(half, data, batches[steps // 2 :], rates, slopes)
    before, after = dead(half, x[:900], slopes), dead(end, x[:900], slopes)  # (arm, unit), true or false
    right = accuracy(end, x[1200:], y[1200:], slopes)
    return {
        arm: {
            "dead": 100 * after[i].float().mean(),
            "revived": 100 * (before[i] & ~after[i]).sum() / max(1, before[i].sum()),
            "accuracy": right[i],
        }
        for i, arm in enumerate(ARMS)
    }


def illustrate(seed, factor, steps):
    """Dead units by the multiple of the tuned rate, for one seed."""
    data, lines, factors = images(seed), {}, torch.tensor([1, 2, 3, 5, 10, 20, 30])
    batches = torch.randint(900, (steps, 64), generator=torch.Generator().manual_seed(seed))
    for condition in CONDITIONS:
        rates = factors * tuned_rate(data, seed, condition, batches)
        nets = sgd(initial(seed, condition, len(rates)), data, batches, rates)
        lines[condition] = (100 * dead(nets, data[0][:900], 0.0).float().mean(1)).tolist()
    figure = {"kind": "curves", "title": "Dead units by learning rate", "x_label": "learning rate / tuned rate"}
    return [figure | {"y_label": "dead units (%)", "x": factors.tolist(), "lines": lines}]


def images(seed):
    """All images and labels in the order of the seed: 900 to train, 300 to tune, the rest to test."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    return torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])


def tuned_rate(data, seed, condition, batches):
    """The learning rate with the best accuracy on the validation set."""
    nets = sgd(initial(seed, condition, len(RATES)), data, batches, RATES)
    return RATES[accuracy(nets, data[0][900:1200], data[1][900:1200]).argmax()]


def initial(seed, condition, copies):
    """Weights (copy, inputs, outputs) and biases (copy, 1, outputs) of three layers; all copies alike."""
    torch.manual_seed(seed)
    scale = 5 if condition == "five times He" else 1
    bias = -0.5 if condition == "He, biases at -0.5" else 0.0
    weights = [torch.randn(n, m) * scale * (2 / n) ** 0.5 for n, m in [(64, WIDTH), (WIDTH, WIDTH), (WIDTH, 10)]]
    biases = [torch.full((1, WIDTH), bias), torch.full((1, WIDTH), bias), torch.zeros(1, 10)]
    return [p.repeat(copies, 1, 1) for p in weights + biases]


def forward(net, x, slope=0.0):
    """The inputs of both hidden layers and the scores, each of the shape (copy, image, unit)."""
    w1, w2, w3, b1, b2, b3 = net
    z1 = x @ w1 + b1
    z2 = torch.maximum(z1, slope * z1) @ w2 + b2
    return z1, z2, torch.maximum(z2, slope * z2) @ w3 + b3


def sgd(net, data, batches, rates, slope=0.0):
    """Plain SGD of all copies together, each at its own rate."""
    for batch in batches:
        net = [p.detach().requires_grad_() for p in net]
        scores = forward(net, data[0][batch], slope)[2]
        target = data[1][batch].repeat(len(rates))
        loss = F.cross_entropy(scores.flatten(0, 1), target, reduction="sum") / len(batch)
        gradients = torch.autograd.grad(loss, net)
        net = [p.detach() - rates.view(-1, 1, 1) * g for p, g in zip(net, gradients, strict=True)]
    return net


def dead(net, x, slope):
    """Which hidden units have no positive input on any image (a unit that is not a number is dead as well)."""
    return ~(torch.cat(forward(net, x, slope)[:2], 2) > 0).any(1)


def accuracy(net, x, y, slope=0.0):
    """Percentage right, by copy; one whose scores are no numbers says 0 to everything, which is chance."""
    return 100 * (forward(net, x, slope)[2].argmax(2) == y).float().mean(1)
