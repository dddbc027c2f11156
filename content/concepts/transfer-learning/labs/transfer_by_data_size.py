"""Feature extraction, fine-tuning or training from scratch: which is best for how much data?

Pictures of made-up objects: a fixed random network mixes what belongs to the kind of object with what belongs to the
shot (pose, light). A network with two hidden layers learns to name forty kinds, and that is the source. The target is
to tell ten other kinds apart, from few or many labelled pictures. Feature extraction keeps the hidden layers and trains
a new output layer only. Fine-tuning trains everything from there. The third network is trained from scratch. Each takes
the better of two learning rates on validation pictures. The noise and the nearness of the kinds were chosen so that few
pictures do not suffice to learn the features: the task is made to give transfer something to win, so the size of the
gain says nothing about other tasks. What is tested is how it changes with the number of pictures.

What would change the outcome: the variety of the source. With few source kinds the features know only what tells those
apart, and fine-tuning is all that is left. Fine-tuning from few pictures would lose less with a lower learning rate
than the two tried, or with the head trained first. And real targets are further from their source than here.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ARMS = {
    "scratch": "all layers, from random weights",
    "features": "new head on frozen layers of the source",
    "fine-tuned": "all layers, starting from the source",
}
MEASURES = {"accuracy": {"says": "test accuracy on the ten target kinds", "unit": "%", "better": "higher"}}
CONDITIONS = ["20", "100", "800"]
AXIS = "labelled target pictures"
PARAMETERS = {
    "source_kinds": {"says": "kinds of object in the source", "default": 40, "low": 2, "high": 100},
    "source_steps": {"says": "training steps on the source", "default": 300, "low": 0, "high": 1000},
    "steps": {"says": "training steps on the target", "default": 120, "low": 20, "high": 500},
}
CLAIMS = {
    "transfer-helps": {
        "says": "Fine-tuning a network of the source task beats training from scratch, by at least 2 points.",
        "test": "accuracy: fine-tuned > scratch + 2",
    },
    "freeze-when-few": {
        "says": "With 20 target pictures it is better to freeze than to fine-tune, by at least 2 points.",
        "test": "accuracy: features > fine-tuned + 2",
        "conditions": ["20"],
    },
    "tune-when-many": {
        "says": "With 800 target pictures it is better to fine-tune than to freeze, by at least 2 points.",
        "test": "accuracy: fine-tuned > features + 2",
        "conditions": ["800"],
    },
    "frozen-limits": {
        "says": "With 800 target pictures, frozen features are at least 2 points worse than training from scratch.",
        "test": "accuracy: features < scratch - 2",
        "conditions": ["800"],
    },
}
SOURCES = ["yosinski-2014", "he-2018"]
BUDGET_S = 15

RATES = (1e-3, 5e-3)


def measure(seed, source_kinds, source_steps, steps):
    """Accuracy on the target of each arm, for each number of target pictures."""
    source, target, valid, test = data(seed, source_kinds)
    layers = body(seed)
    train(nn.Sequential(layers, nn.Linear(32, source_kinds)), *source, source_steps, RATES[1])
    found = {}
    for size in CONDITIONS:
        few = target[0][: int(size)], target[1][: int(size)]
        found[size] = {arm: {"accuracy": transferred(seed, arm, layers, few, valid, test, steps)} for arm in ARMS}
    return found


def illustrate(seed, source_kinds, source_steps, steps):
    """Accuracy by the number of target pictures, for one seed."""
    source, (x, y), valid, test = data(seed, source_kinds)
    layers = body(seed)
    train(nn.Sequential(layers, nn.Linear(32, source_kinds)), *source, source_steps, RATES[1])
    sizes = [10, 20, 50, 100, 200, 400, 800]
    lines = {arm: [transferred(seed, arm, layers, (x[:n], y[:n]), valid, test, steps) for n in sizes] for arm in ARMS}
    title, x_label, y_label = "Accuracy by target data", "labelled target pictures", "test accuracy (%)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": sizes, "lines": lines}]


def data(seed, source_kinds):
    """Pictures (48 numbers) with their labels: of the source, and of the target for training, validation and test."""
    random = np.random.default_rng(seed)
    mix, show = random.normal(size=(12, 64)) / 12**0.5, random.normal(size=(64, 48)) / 64**0.5
    sets = []
    for kinds, sizes in ((source_kinds, [30 * source_kinds]), (10, [800, 300, 600])):
        middle = 0.6 * random.normal(size=(kinds, 6))
        for size in sizes:
            label = np.arange(size) % kinds
            latent = np.concatenate([middle[label], random.normal(size=(size, 6))], axis=1)
            x = np.tanh(2 * latent @ mix) @ show + 0.2 * random.normal(size=(size, 48))
            sets.append((torch.tensor(x, dtype=torch.float32), torch.tensor(label)))
    return sets


def body(seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(48, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())


def transferred(seed, arm, layers, target, valid, test, steps):
    """Test accuracy at the learning rate that is best on validation images."""
    tried = []
    for rate in RATES:
        start = body(seed + 1000)  # other random weights than the source started from
        if arm != "scratch":
            start.load_state_dict(layers.state_dict())
        start.requires_grad_(arm != "features")
        net = nn.Sequential(start, nn.Linear(32, 10))
        train(net, *target, steps, rate)
        tried.append((accuracy(net, *valid), accuracy(net, *test)))
    return max(tried, key=lambda pair: pair[0])[1]


def train(net, x, y, steps, rate):
    """Adam on whatever is not frozen."""
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=rate, fused=True)
    for _ in range(steps):
        batch = torch.randint(len(x), (32,))
        loss = F.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def accuracy(net, x, y):
    with torch.no_grad():
        return 100 * (net(x).argmax(1) == y).float().mean().item()
