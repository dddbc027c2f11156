"""Does backpropagation update the weights?

A network of two layers, a batch and a loss. We run the backward pass and look whether any weight changed; then a step
of an optimiser. The same gradients go to two optimisers, SGD and Adam, to see who decides where the weights move. Last,
a backward pass by hand updates each layer as soon as its gradient is known, before it goes on to the layer below: by
how much does the first layer's gradient differ from the true one, that of the loss that was computed?

What would change the outcome: nothing for the first claim, which is about the meaning of the word. The error of
updating on the way grows with the learning rate and vanishes with it.
"""

import torch
from torch import nn
from torch.nn import functional as F

ARMS = {
    "backward": "backward pass only; gradients at unchanged weights",
    "sgd": "backward pass and a step of SGD",
    "adam": "backward pass and a step of Adam",
    "on-the-way": "each layer is updated on the way back",
}
MEASURES = {
    "changed": {"says": "some weight changed", "yes_no": True},
    "angle": {"says": "angle between the change of the weights and SGD's", "unit": "degrees"},
    "error": {"says": "error of the first layer's gradient, relative", "unit": "%", "better": "lower"},
}
PARAMETERS = {
    "learning_rate": {"says": "learning rate", "default": 0.1, "low": 0.001, "high": 1.0},
    "width": {"says": "hidden units", "default": 32, "low": 4, "high": 256},
}
CLAIMS = {
    "backprop-updates": {
        "says": "Backpropagation updates the weights: after the backward pass alone some weight has changed.",
        "test": "changed: backward > 0.5",
    },
    "optimiser-decides": {
        "says": "The optimiser decides on the update: from the same gradients Adam moves 20 degrees off SGD's way.",
        "test": "angle: adam > 20",
    },
    "on-the-way-is-wrong": {
        "says": "Updating layers on the way back falsifies the first layer's gradient by at least 1 % of its length.",
        "test": "error: on-the-way > 1",
        "check": "error: backward < 0.001",
    },
}
SOURCES = ["gbc-6-5", "kingma-ba-2015"]
BUDGET_S = 10


def measure(seed, learning_rate, width):
    """One batch, one backward pass, and what follows."""
    torch.manual_seed(seed)
    x, y = torch.randn(64, 10), torch.randint(3, (64,))
    net = nn.Sequential(nn.Linear(10, width), nn.ReLU(), nn.Linear(width, 3))
    start = [p.detach().clone() for p in net.parameters()]
    F.cross_entropy(net(x), y).backward()
    true = net[0].weight.grad.clone()
    moved = {"backward": moves(net, start)}
    for arm, optimizer in {"sgd": torch.optim.SGD, "adam": torch.optim.Adam}.items():
        optimizer(net.parameters(), lr=learning_rate).step()
        moved[arm] = moves(net, start)
        restore(net, start)
    values = {}
    for arm, move in moved.items():
        likeness = F.cosine_similarity(move, moved["sgd"], dim=0).clamp(-1, 1)
        angle = torch.rad2deg(torch.arccos(likeness)) if move.any() else 90.0
        error = 100 * (by_hand(net, x, y, 0) - true).norm() / true.norm()
        values[arm] = {"changed": move.any(), "angle": angle, "error": error}
    error = 100 * (by_hand(net, x, y, learning_rate) - true).norm() / true.norm()
    values["on-the-way"] = {"changed": True, "angle": 0.0, "error": error}
    return values


def by_hand(net, x, y, rate):
    """The first layer's gradient, when the second layer takes its step before the error goes back through it."""
    with torch.no_grad():
        w1, b1, w2, b2 = (p.clone() for p in net.parameters())
        z = x @ w1.T + b1
        h = z.relu()
        delta = ((h @ w2.T + b2).softmax(1) - F.one_hot(y, 3)) / len(y)
        w2 -= rate * delta.T @ h  # too early, unless the rate is 0
        return ((delta @ w2) * (z > 0)).T @ x


def moves(net, start):
    """By how much each weight has changed, in one vector."""
    return torch.cat([(p.detach() - old).flatten() for p, old in zip(net.parameters(), start, strict=True)])


def restore(net, start):
    with torch.no_grad():
        for p, old in zip(net.parameters(), start, strict=True):
            p.copy_(old)
