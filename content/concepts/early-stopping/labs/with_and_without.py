"""Does early stopping lower the test error?

A network learns from 200 digits, for longer than it needs, while the loss on a small validation set is watched. One arm
keeps the weights of the epoch in which that loss was least, the other the weights of the end. The labels are right, or
a third of the training labels are wrong. Both arms are one training run, so that nothing else differs.

What would change the outcome: a validation set of a few examples, whose least loss is a matter of luck, or one with
wrong labels of its own (here validation and test labels are right); a decaying learning rate or a penalty, which leave
less to stop for (here the rate is constant and not tuned); or so short a run that it never overfits.
"""

import copy

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {"stopped": "weights of the epoch with the least validation loss", "to-the-end": "weights of the last epoch"}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "loss": {"says": "cross-entropy on test images", "unit": "nats", "better": "lower", "log": True},
    "train": {"says": "accuracy on the training set, with its labels as given", "unit": "%"},
}
AXIS = "training labels"
CONDITIONS = ["right labels", "wrong labels mixed in"]
PARAMETERS = {
    "wrong": {"says": "wrong labels, where mixed in", "unit": "%", "default": 33, "low": 5, "high": 60},
    "epochs": {"says": "epochs until the end", "default": 80, "low": 10, "high": 200},
    "validation": {"says": "validation images", "default": 100, "low": 10, "high": 500},
}
CLAIMS = {
    "improves-accuracy": {
        "says": "Early stopping raises the test accuracy of a network by at least a point.",
        "test": "accuracy: stopped > to-the-end + 1",
        "check": "train: to-the-end > 90",
    },
    "improves-loss": {
        "says": "Early stopping lowers the test loss by a tenth at least.",
        "test": "loss: stopped < to-the-end / 1.1",
        "check": "train: to-the-end > 90",
    },
    "against-wrong-labels": {
        "says": "With a third of the training labels wrong, stopping gains at least 3 points of test accuracy.",
        "test": "accuracy: stopped > to-the-end + 3",
        "check": "train: to-the-end > 90",
        "conditions": ["wrong labels mixed in"],
    },
}
SOURCES = ["gbc-2016-early-stopping"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
TRAIN = 200


def measure(seed, wrong, epochs, validation):
    """One run in each condition, judged at both of its points."""
    values = {}
    for condition in CONDITIONS:
        x, y = digits(seed, wrong if condition == "wrong labels mixed in" else 0)
        test = slice(TRAIN + 500, None)
        _, nets = trained(seed, x, y, epochs, slice(TRAIN, TRAIN + validation))
        values[condition] = {
            arm: {
                "accuracy": accuracy(net, x[test], y[test]),
                "loss": F.cross_entropy(net(x[test]), y[test]),
                "train": accuracy(net, x[:TRAIN], y[:TRAIN]),
            }
            for arm, net in nets.items()
        }
    return values


def trained(seed, x, y, epochs, validation):
    """The validation loss after every epoch, and the network at its best epoch and at the end."""
    torch.manual_seed(seed)
    net = torch.nn.Sequential(torch.nn.Linear(64, 128), torch.nn.ReLU(), torch.nn.Linear(128, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=5e-3, fused=True)
    losses, best = [], None
    for _ in range(epochs):
        for batch in torch.randperm(TRAIN).split(50):
            loss = F.cross_entropy(net(x[batch]), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            losses.append(F.cross_entropy(net(x[validation]), y[validation]).item())
        if losses[-1] == min(losses):
            best = copy.deepcopy(net)
    return losses, {"stopped": best, "to-the-end": net}


def accuracy(net, x, y):
    """Percentage right."""
    return 100 * (net(x).argmax(1) == y).float().mean()


def digits(seed, wrong):
    """Digits in a new order; some of the training labels are replaced by other ones."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    flipped = round(TRAIN * wrong / 100)
    y[:flipped] = (y[:flipped] + torch.tensor(rng.integers(1, 10, flipped))) % 10
    return x, y


def illustrate(seed, wrong, epochs, validation):
    """The validation loss by epoch."""
    lines = {}
    for condition in CONDITIONS:
        x, y = digits(seed, wrong if condition == "wrong labels mixed in" else 0)
        lines[condition], _ = trained(seed, x, y, epochs, slice(TRAIN, TRAIN + validation))
    curve = {"kind": "curves", "title": "Validation loss", "x": list(range(1, epochs + 1)), "lines": lines}
    return [curve | {"x_label": "epoch", "y_label": "loss (nats)", "log_y": True}]
