"""Do capsules recognise shifted and turned digits that a CNN of equal size does not?

Both networks begin with the same convolution and have about the same number of parameters; both learn from upright,
centred digits only. In the capsule network nine places hold eight capsules of four numbers each; every capsule predicts
the pose of each digit, and routing by agreement decides how the predictions are combined. A third arm has the same
capsules, but their predictions are averaged without routing. The learning rate 0.01 was the best of three for each of
them on validation digits. Then all are tested on new digits as they are, shifted by one pixel to the left or right
(which is much on eight pixels) and turned by 25 degrees to the left or right.

What would change the outcome: larger images with several objects (where parts can be assigned wrongly), a decoder that
reconstructs the image as in the first paper, more capsule layers, or transformed digits in training, which help every
network.
"""

import numpy as np
import torch
from scipy.ndimage import rotate
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "capsules": "capsules with three rounds of routing",
    "unrouted": "the same capsules, predictions averaged",
    "cnn": "a CNN of about as many parameters",
}
MEASURES = {"accuracy": {"says": "new digits recognised", "unit": "%", "better": "higher"}}
CONDITIONS = ["as in training", "shifted", "turned"]
AXIS = "test images"
PARAMETERS = {
    "updates": {"says": "updates of each network", "default": 100, "low": 50, "high": 1000},
    "angle": {"says": "by how much digits are turned", "unit": "degrees", "default": 25, "low": 5, "high": 60},
}
CLAIMS = {
    "capsules-generalise": {
        "says": "Capsules recognise digits in poses that were not in training better than a CNN, by 2 points or more.",
        "test": "accuracy: capsules > cnn + 2",
        "conditions": ["shifted", "turned"],
    },
    "routing-helps": {
        "says": "Routing by agreement makes capsules better at that than averaging, by 2 points or more.",
        "test": "accuracy: capsules > unrouted + 2",
        "conditions": ["shifted", "turned"],
    },
    "invariant": {
        "says": "Capsules are robust to a change of pose: at least 90 % of such digits are recognised.",
        "test": "accuracy: capsules > 90",
        "conditions": ["shifted", "turned"],
    },
}
SOURCES = ["sabour-2017", "paik-2019"]
BUDGET_S = 25

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = np.pad(IMAGES.reshape(-1, 8, 8) / 16, ((0, 0), (1, 1), (1, 1)))  # (image, 10, 10)


def measure(seed, updates, angle):
    """Train the three networks on one split and test them on three versions of the other digits."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))[:1700]
    x = torch.tensor(IMAGES[order], dtype=torch.float32)[:, None]
    y = torch.tensor(LABELS[order])
    left, right = (rotate(IMAGES[order[1400:]], turn, axes=(1, 2), reshape=False, order=1) for turn in (angle, -angle))
    tests = {
        "as in training": [x[1400:]],
        "shifted": [x[1400:].roll(step, dims=3) for step in (-1, 1)],
        "turned": [torch.tensor(turned, dtype=torch.float32)[:, None] for turned in (left, right)],
    }
    result = {condition: {} for condition in CONDITIONS}
    for arm in ARMS:
        torch.manual_seed(seed)
        net = cnn() if arm == "cnn" else Capsules(rounds=3 if arm == "capsules" else 1)
        fit(net, x[:1400], y[:1400], updates)
        with torch.no_grad():
            for condition, versions in tests.items():
                right_answers = [(net(images).argmax(1) == y[1400:]).float().mean().item() for images in versions]
                result[condition][arm] = {"accuracy": 100 * np.mean(right_answers)}
    return result


def cnn():
    """10 x 10 images to ten classes."""
    return nn.Sequential(
        nn.Conv2d(1, 16, 3), nn.ReLU(),  # 8 x 8
        nn.Conv2d(16, 32, 4, stride=2), nn.ReLU(),  # 3 x 3
        nn.Flatten(), nn.Linear(32 * 9, 80), nn.ReLU(), nn.Linear(80, 10),
    )  # fmt: skip


class Capsules(nn.Module):
    """Capsules of parts (8 kinds at 3 x 3 places, 4 numbers), then one of 8 numbers for each digit."""

    def __init__(self, rounds):
        super().__init__()
        self.rounds = rounds
        self.parts = nn.Sequential(nn.Conv2d(1, 16, 3), nn.ReLU(), nn.Conv2d(16, 32, 4, stride=2))
        self.weights = nn.Parameter(0.2 * torch.randn(72, 4, 10 * 8))  # pose of a part to poses of the digits

    def forward(self, x):
        parts = self.parts(x).unflatten(1, (8, 4)).flatten(3).permute(1, 3, 0, 2)  # (kind, place, image, pose)
        parts = squash(parts.flatten(0, 1))  # (part, image, pose)
        predicted = torch.bmm(parts, self.weights).unflatten(2, (10, 8)).transpose(0, 1)  # (image, part, digit, pose)
        agreement = torch.zeros(predicted.shape[:3])
        for i in range(self.rounds):
            share = agreement.softmax(2)[..., None]  # each part is divided among the digits
            digits = squash((share * predicted).sum(1))  # (image, digit, pose)
            if i < self.rounds - 1:
                agreement = agreement + (predicted.detach() * digits.detach()[:, None]).sum(3)
        return digits.norm(dim=2)  # the length says how surely the digit is there


def squash(v):
    """The same direction, a length between 0 and 1."""
    square = v.square().sum(-1, keepdim=True)
    return v * square / (1 + square) / (square + 1e-8).sqrt()


def fit(net, x, y, updates):
    """Adam; margin loss on the capsules' lengths, cross-entropy for the CNN."""
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-2, fused=True)
    for _ in range(updates):
        batch = torch.randint(len(x), (64,))
        out, there = net(x[batch]), F.one_hot(y[batch], 10)
        if isinstance(net, Capsules):
            absent = 0.5 * (1 - there) * (out - 0.1).relu().square()
            loss = (there * (0.9 - out).relu().square() + absent).sum(1).mean()
        else:
            loss = F.cross_entropy(out, y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
