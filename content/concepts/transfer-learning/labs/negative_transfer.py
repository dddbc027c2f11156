"""Does transfer always help?

Pictures of made-up objects: a fixed random network mixes what belongs to the kind of object with what belongs to the
shot (pose, light). The target is to tell ten kinds apart, from 100 labelled pictures. A network is trained from
scratch, or it starts from a source task with forty kinds and gets a new head: with all layers fine-tuned, or with the
layers of the source frozen. The source shows other kinds through the same mixture, or other kinds through another
mixture (another world, where the same features mean nothing), or the right pictures with scrambled labels. Every
network takes the better of two learning rates on validation pictures of the target.

The noise and the nearness of the kinds were chosen so that 100 pictures are too few to learn good features: the task is
made to give transfer something to win. What is tested is from which source it wins, and from which it loses.

What would change the outcome: how long the source is trained (a few steps do no harm), how many labelled target
pictures there are (with many it hardly matters where one starts), how long the target is trained (120 steps here), and
lower learning rates than the two tried, which stay closer to the source.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ARMS = {
    "scratch": "from random weights",
    "fine-tuned": "all layers, starting from the source",
    "frozen": "new head on frozen layers of the source",
}
MEASURES = {
    "accuracy": {"says": "test accuracy on the target", "unit": "%", "better": "higher"},
    "learnt": {"says": "accuracy on the source's own training pictures", "unit": "%", "better": "higher"},
}
CONDITIONS = ["same world", "another world", "scrambled labels"]
AXIS = "source task"
PARAMETERS = {
    "pictures": {"says": "labelled target pictures", "default": 100, "low": 10, "high": 800},
    "source_steps": {"says": "training steps on the source", "default": 500, "low": 0, "high": 3000},
    "steps": {"says": "training steps on the target", "default": 120, "low": 20, "high": 500},
}
CLAIMS = {
    "always-helps": {
        "says": "Transfer always helps: fine-tuning from a source gains at least 1 point over training from scratch.",
        "test": "accuracy: fine-tuned > scratch + 1",
    },
    "negative": {
        "says": "Negative transfer exists: from this source, fine-tuning ends at least 2 points below scratch.",
        "test": "accuracy: fine-tuned < scratch - 2",
        "conditions": ["another world", "scrambled labels"],
    },
    "frozen-far": {
        "says": "Frozen layers of an unrelated source end at least 10 points below training from scratch.",
        "test": "accuracy: frozen < scratch - 10",
        "conditions": ["another world", "scrambled labels"],
    },
}
SOURCES = ["wang-2018", "yosinski-2014"]
BUDGET_S = 20

RATES, KINDS = (1e-3, 5e-3), 40


def measure(seed, pictures, source_steps, steps):
    """Accuracy on the target from each source, and from none."""
    x, y = sample(seed, 0, 10, 1600)
    parts = [(x[part], y[part]) for part in (slice(pictures), slice(800, 1000), slice(1000, None))]
    scratch = transferred(seed, None, "scratch", *parts, steps)
    found = {}
    for condition in CONDITIONS:
        x_source, y_source = source(seed, condition)
        net = network(seed, KINDS)
        train(net, x_source, y_source, source_steps, RATES[1])
        learnt = accuracy(net, x_source, y_source)
        found[condition] = {"scratch": {"accuracy": scratch, "learnt": 100 / KINDS}}
        for arm in ("fine-tuned", "frozen"):
            score = transferred(seed, net[0], arm, *parts, steps)
            found[condition][arm] = {"accuracy": score, "learnt": learnt}
    return found


def illustrate(seed, pictures, source_steps, steps):
    """Accuracy on the target by the number of labelled pictures."""
    x, y = sample(seed, 0, 10, 1600)
    sizes, lines = [20, 50, 100, 200, 400, 800], {}
    for condition in ("no source", *CONDITIONS):
        net = network(seed, KINDS)
        arm = "scratch" if condition == "no source" else "fine-tuned"
        if arm == "fine-tuned":
            train(net, *source(seed, condition), source_steps, RATES[1])
        held_out = (x[800:1000], y[800:1000]), (x[1000:], y[1000:])
        lines[condition] = [transferred(seed, net[0], arm, (x[:n], y[:n]), *held_out, steps) for n in sizes]
    title, x_label, y_label = "Fine-tuned, by source", "labelled target pictures", "test accuracy (%)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": sizes, "lines": lines}]


def sample(seed, part, kinds, size, world=0):
    """Pictures (48 numbers) of kinds that no other part has, and their labels."""
    random = np.random.default_rng([seed, world])
    mix, show = random.normal(size=(12, 64)) / 12**0.5, random.normal(size=(64, 48)) / 64**0.5
    random = np.random.default_rng([seed, world, part + 1])
    label = np.arange(size) % kinds
    latent = np.concatenate([0.6 * random.normal(size=(kinds, 6))[label], random.normal(size=(size, 6))], axis=1)
    x = np.tanh(2 * latent @ mix) @ show + 0.2 * random.normal(size=(size, 48))
    return torch.tensor(x, dtype=torch.float32), torch.tensor(label)


def source(seed, condition):
    x, y = sample(seed, 1, KINDS, 30 * KINDS, world=1 if condition == "another world" else 0)
    torch.manual_seed(seed)
    return (x, y[torch.randperm(len(y))]) if condition == "scrambled labels" else (x, y)


def network(seed, classes):
    torch.manual_seed(seed)
    body = nn.Sequential(nn.Linear(48, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU())
    return nn.Sequential(body, nn.Linear(32, classes))


def transferred(seed, layers, arm, target, valid, test, steps):
    """Test accuracy at the learning rate that is best on validation pictures."""
    tried = []
    for rate in RATES:
        net = network(seed + 1000, 10)  # other random weights than the source started from
        if arm != "scratch":
            net[0].load_state_dict(layers.state_dict())
        net[0].requires_grad_(arm != "frozen")
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
