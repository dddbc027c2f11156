"""Does a margin loss verify people it has never seen better than plain softmax?

Pictures of made-up people: a fixed random network mixes what belongs to the person with what belongs to the shot (pose,
light). A small network learns to embed the pictures of some people, with one of four losses. Then it is asked about
pairs of pictures of people whom it has never seen: same person or not? It says "same" when the cosine of the two
embeddings exceeds a threshold. The equal error rate is the share of errors at the threshold at which false accepts are
as frequent as false rejects. All losses get the same batches, and the better of two learning rates on validation
people. The fourth loss is ArcFace without its margin: it tells what the margin does and what the unit sphere does.

What would change the outcome: the scale of the cosines, many more people per dimension of the embedding, or a softmax
network whose embeddings are also compared by Euclidean distance. The scale (16) and the margin of the triplets (0.2)
are fixed and not tuned. ArcFace was made for millions of people, not forty.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ARMS = {
    "softmax": "softmax over dot products",
    "cosine": "softmax over cosines, no margin",
    "arcface": "softmax over cosines, angular margin",
    "triplet": "triplet loss, hardest in the batch",
}
MEASURES = {
    "eer": {"says": "equal error rate on unseen people", "unit": "%", "better": "lower"},
    "angle": {"says": "angle between two pictures of a training person", "unit": "degrees", "better": "lower"},
}
PARAMETERS = {
    "people": {"says": "people to train on", "default": 40, "low": 10, "high": 200},
    "margin": {"says": "ArcFace's margin", "unit": "radians", "default": 0.5, "low": 0.0, "high": 0.8},
    "steps": {"says": "training steps", "default": 200, "low": 50, "high": 600},
}
CLAIMS = {
    "arcface-beats-softmax": {
        "says": "On unseen people ArcFace's equal error rate is at least 1 point lower than that of plain softmax.",
        "test": "eer: arcface < softmax - 1",
    },
    "margin-verifies": {
        "says": "The margin itself lowers the equal error rate on unseen people by at least 1 point.",
        "test": "eer: arcface < cosine - 1",
        "check": "angle: arcface < cosine - 2",
    },
    "margin-compacts": {
        "says": "The margin draws pictures of one training person together, by at least 2 degrees.",
        "test": "angle: arcface < cosine - 2",
    },
    "triplet-beats-softmax": {
        "says": "On unseen people the triplet loss has an equal error rate at least 1 point lower than plain softmax.",
        "test": "eer: triplet < softmax - 1",
    },
}
SOURCES = ["deng-2019", "schroff-2015", "wang-2018"]
BUDGET_S = 15

SHOTS, SCALE, RATES = 10, 16.0, (1e-2, 3e-2)


def measure(seed, people, margin, steps):
    """Errors on unseen people, and how close pictures of a training person lie."""
    train, valid, test = pictures(seed, people), pictures(seed, 30, "valid"), pictures(seed, 60, "test")
    found = {}
    for arm in ARMS:
        nets = [trained(seed, arm, train, margin, steps, rate) for rate in RATES]
        best = min(nets, key=lambda net: equal_error_rate(net, valid))
        cosines, same = pairs(best, train)
        angle = torch.rad2deg(cosines[same].clamp(-1, 1).arccos()).mean()
        found[arm] = {"eer": equal_error_rate(best, test), "angle": angle}
    return found


def illustrate(seed, people, margin, steps):
    """How the cosines of pairs are spread, for unseen people."""
    edges, lines = torch.linspace(-1, 1, 41), {}
    for arm in ("softmax", "arcface"):
        net = trained(seed, arm, pictures(seed, people), margin, steps, RATES[0])
        cosines, same = pairs(net, pictures(seed, 60, "test"))
        for name, chosen in (("same person", cosines[same]), ("two people", cosines[~same])):
            lines[f"{arm}, {name}"] = (100 * torch.histogram(chosen, edges).hist / len(chosen)).tolist()
    x, title = ((edges[1:] + edges[:-1]) / 2).tolist(), "Cosines of two pictures of unseen people"
    return [{"kind": "curves", "title": title, "x_label": "cosine", "y_label": "pairs (%)", "x": x, "lines": lines}]


def pictures(seed, people, part="train"):
    """(person, shot, 48): a fixed random mixture of what belongs to the person and to the shot, and noise."""
    world = np.random.default_rng(seed)  # the same for all three parts
    mix, show = world.normal(size=(12, 64)) / 12**0.5, world.normal(size=(64, 48)) / 64**0.5
    random = np.random.default_rng([seed, ("train", "valid", "test").index(part)])
    person = np.repeat(random.normal(size=(people, 1, 6)), SHOTS, axis=1)
    shot = random.normal(size=(people, SHOTS, 6))
    x = np.tanh(2 * np.concatenate([person, shot], axis=2) @ mix) @ show
    return torch.tensor(x + 0.1 * random.normal(size=x.shape), dtype=torch.float32)


def trained(seed, arm, x, margin, steps, rate):
    """The embedding network of an arm. The weights of its classes are used in training only."""
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(48, 64), nn.ReLU(), nn.Linear(64, 16))
    centres = nn.Parameter(torch.randn(len(x), 16) / 4)  # a class per training person
    optimizer = torch.optim.Adam([*net.parameters(), centres], lr=rate, fused=True)
    for _ in range(steps):
        who = torch.randperm(len(x))[:10]
        shots = torch.randint(SHOTS, (10, 4))
        embedded = net(x[who[:, None], shots]).flatten(0, 1)  # 10 people with 4 pictures each: (40, 16)
        loss = loss_of(arm, embedded, who.repeat_interleave(4), centres, margin)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


def loss_of(arm, embedded, label, centres, margin):
    if arm == "softmax":
        return F.cross_entropy(embedded @ centres.T, label)
    unit = F.normalize(embedded)
    if arm == "triplet":
        distance, same = 2 - 2 * unit @ unit.T, label[:, None] == label  # squared, between unit vectors
        farthest_same = distance.masked_fill(~same, 0).amax(1)
        nearest_other = distance.masked_fill(same, 4).amin(1)
        return F.relu(farthest_same - nearest_other + 0.2).mean()
    cosine = unit @ F.normalize(centres).T
    if arm == "arcface":
        own = F.one_hot(label, len(centres)).bool()
        angle = cosine.clamp(-0.999, 0.999).arccos()
        cosine = torch.where(own, (angle + margin).clamp(max=torch.pi).cos(), cosine)
    return F.cross_entropy(SCALE * cosine, label)


def pairs(net, x):
    """The cosine of every pair of pictures, and whether they show the same person."""
    with torch.no_grad():
        unit = F.normalize(net(x.flatten(0, 1)))
    label = torch.arange(len(x)).repeat_interleave(SHOTS)
    first, second = torch.triu_indices(len(unit), len(unit), offset=1)
    return (unit @ unit.T)[first, second], label[first] == label[second]


def equal_error_rate(net, x):
    cosines, same = pairs(net, x)
    same = same[cosines.argsort()].double()  # a threshold behind the k-th smallest cosine rejects the first k pairs
    false_rejects, false_accepts = same.cumsum(0) / same.sum(), 1 - (1 - same).cumsum(0) / (1 - same).sum()
    return 100 * torch.maximum(false_rejects, false_accepts).min()
