"""If the test loss rises, does the accuracy fall?

A network is trained on a few digits long after it reads them without error, and the cross-entropy of the test images is
followed. We take the moment at which the loss of validation images is least, and the end of training, and compare loss
and accuracy on test images at both. If the cost function measured accuracy, the rise of the one would be the fall of
the other. It is done with right labels, and with a fifth of the training labels drawn at random, of which one in ten
happens to be right.

What would change the outcome: weight decay or label smoothing, which keep the network from growing overconfident; a
stop before the loss has risen; wrong labels, which are learned by heart late in training and do cost accuracy.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {"lowest": "the moment of least validation loss", "end": "the end of training"}
MEASURES = {
    "loss": {"says": "cross-entropy of test images", "unit": "nats", "better": "lower", "log": True},
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
}
CONDITIONS = ["right labels", "a fifth wrong"]
AXIS = "training labels"
PARAMETERS = {
    "steps": {"says": "training steps", "default": 1500, "low": 100, "high": 3000},
    "examples": {"says": "training images", "default": 150, "low": 50, "high": 1000},
    "rate": {"says": "learning rate of Adam", "default": 0.01, "low": 0.001, "high": 0.03},
}
CLAIMS = {
    "loss-measures-accuracy": {
        "says": "The cost function measures accuracy: where the test loss has risen, accuracy falls by 0.5 points.",
        "test": "accuracy: end < lowest - 0.5",
        "check": "loss: end > lowest * 1.1",
    },
    "loss-rises-accuracy-holds": {
        "says": "With right labels, the accuracy stays within 1 point while the test loss rises by at least 10 %.",
        "test": "accuracy: end == lowest +- 1",
        "check": "loss: end > lowest * 1.1",
        "conditions": ["right labels"],
    },
}
SOURCES = ["guo-2017", "gbc-opt"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
EVERY = 20


def measure(seed, steps, examples, rate):
    """Test loss and accuracy at the moment of least validation loss and at the end."""
    found = {}
    for condition in CONDITIONS:
        history = train(seed, steps, int(examples), rate, 0.2 if condition == "a fifth wrong" else 0.0)
        lowest = min(history, key=lambda moment: moment[1])
        found[condition] = {
            arm: {"loss": moment[2], "accuracy": moment[3]}
            for arm, moment in (("lowest", lowest), ("end", history[-1]))
        }
    return found


def illustrate(seed, steps, examples, rate):
    """Test loss of one run on right labels, and test error beside it."""
    history = train(seed, steps, int(examples), rate, 0.0)
    x = [moment[0] for moment in history]
    lines = {
        "cross-entropy of test images (nats)": [moment[2] for moment in history],
        "error on test images (share)": [1 - moment[3] / 100 for moment in history],
    }
    title = "The loss rises, the errors do not"
    return [{"kind": "curves", "title": title, "x_label": "step", "y_label": "loss or error", "x": x, "lines": lines}]


def train(seed, steps, examples, rate, wrong):
    """Every twentieth step: step, validation loss, test loss, test accuracy."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    train, valid, test = slice(examples), slice(examples, examples + 200), slice(examples + 200, None)
    noisy = torch.where(torch.tensor(rng.random(len(y)) < wrong), torch.tensor(rng.integers(0, 10, len(y))), y)

    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=rate, fused=True)
    history = []
    for step in range(steps):
        batch = torch.randint(examples, (64,))
        loss = F.cross_entropy(net(x[train][batch]), noisy[train][batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % EVERY == EVERY - 1:
            with torch.no_grad():
                logits = net(x)
            right = 100 * (logits[test].argmax(1) == y[test]).float().mean().item()
            losses = [F.cross_entropy(logits[part], y[part]).item() for part in (valid, test)]
            history.append((step + 1, *losses, right))
    return history
