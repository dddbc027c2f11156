"""Does a graph network beat an MLP, and does over-smoothing ruin a deep one?

Nodes of a random graph belong to one of four groups; most edges stay inside a group, each node has a noisy feature
vector, and few nodes are labelled. An MLP sees features only. A graph convolutional network (GCN, Kipf and Welling)
averages over neighbours in each layer. GCNs are trained with 2, 4 and 16 layers. Over-smoothing is the usual reason
given for the failure of deep ones: after many averages all nodes look alike. One arm separates the two things that
depth does. It averages as often, but without weights in between: the averages are standardised for a small MLP.

What would change the outcome: edges that say nothing about labels (turn the share inside groups down to 25 %), features
that suffice alone, a sparser graph, or normalisation in every layer.
"""

from itertools import pairwise

import numpy as np
import torch
from torch.nn import functional as F

ARMS = {
    "mlp": "MLP of two layers: features without the graph",
    "gcn": "GCN of this depth",
    "residual": "GCN of this depth with skip connections",
    "averages": "as many averages over neighbours, then an MLP of two layers",
    "shallow": "GCN of two layers, whatever the depth",
}
MEASURES = {
    "accuracy": {"says": "accuracy on unlabelled nodes", "unit": "%", "better": "higher"},
    "spread": {"says": "variance between nodes, as a share of their mean square", "log": True},
}
CONDITIONS = ["2", "4", "16"]
AXIS = "layers"
PARAMETERS = {
    "inside": {"says": "share of edges inside groups", "unit": "%", "default": 70, "low": 10, "high": 95},
    "noise": {"says": "noise of the features", "default": 1.5, "low": 0.3, "high": 4.0},
}
CLAIMS = {
    "graph-helps": {
        "says": "A two-layer GCN is at least 10 points more accurate than an MLP where neighbours often share labels.",
        "test": "accuracy: gcn > mlp + 10",
        "conditions": ["2"],
    },
    "deep-fails": {
        "says": "A plain GCN gets worse with depth: it loses at least 10 points to the two-layer one.",
        "test": "accuracy: gcn < shallow - 10",
        "conditions": ["4", "16"],
    },
    "averaging-is-to-blame": {
        "says": "Deep GCNs fail because averaging makes nodes indistinguishable: averages alone lose 10 points, too.",
        "test": "accuracy: averages < shallow - 10",
        "check": "spread: averages < 0.1",
        "conditions": ["16"],
    },
    "skips-help": {
        "says": "Skip connections make a GCN of 16 layers at least 10 points more accurate.",
        "test": "accuracy: residual > gcn + 10",
        "conditions": ["16"],
    },
}
SOURCES = ["kipf-welling-2017", "li-2018", "oono-suzuki-2020", "wu-2023"]
BUDGET_S = 20
NODES, GROUPS, DEGREE, WIDTH, EPOCHS = 200, 4, 16, 16, 60


def measure(seed, inside, noise):
    """Every model on one graph, each with the better of two learning rates."""
    a, x, y = graph(seed, inside / 100, noise)
    mlp, shallow = fitted(seed, torch.eye(NODES), x, y, 2), fitted(seed, a, x, y, 2)
    values = {}
    for condition in CONDITIONS:
        depth = int(condition)
        mixed = torch.linalg.matrix_power(a, depth) @ x
        scaled = (mixed - mixed.mean(0)) / mixed.std(0)
        values[condition] = {
            "mlp": mlp,
            "gcn": shallow if depth == 2 else fitted(seed, a, x, y, depth),
            "residual": fitted(seed, a, x, y, depth, skip=True),
            "averages": fitted(seed, torch.eye(NODES), scaled, y, 2) | {"spread": spread(mixed)},
            "shallow": shallow,
        }
    return values


def illustrate(seed, inside, noise):
    """Accuracy by depth, for one seed."""
    values = measure(seed, inside, noise)
    lines = {arm: [values[depth][arm]["accuracy"] for depth in CONDITIONS] for arm in ARMS}
    x = [int(depth) for depth in CONDITIONS]
    labels = {"x_label": "layers", "y_label": "accuracy (%)"}
    return [{"kind": "curves", "title": "Accuracy by depth", "x": x, "lines": lines, **labels}]


def graph(seed, inside, noise):
    """Row-normalised adjacency with self-loops, features and labels of a stochastic block model."""
    rng = np.random.default_rng(seed)
    y = np.arange(NODES) % GROUPS
    same = y[:, None] == y
    chance = DEGREE * np.where(same, inside / same[0].sum(), (1 - inside) / (~same[0]).sum())
    edges = np.triu(rng.random((NODES, NODES)) < chance, 1)
    a = edges + edges.T + np.eye(NODES)
    x = rng.normal(size=(GROUPS, 8))[y] + noise * rng.normal(size=(NODES, 8))
    return torch.tensor(a / a.sum(1, keepdims=True)).float(), torch.tensor(x).float(), torch.tensor(y)


def fitted(seed, a, x, y, depth, skip=False):
    """Test accuracy where validation was best, over epochs and learning rates; and the spread of hidden nodes there."""
    best = (-1.0, {})
    train, valid, test = slice(0, 24), slice(24, 60), slice(60, None)  # groups alternate, so each has 6 labelled nodes
    for rate in (0.003, 0.02):
        torch.manual_seed(seed)
        sizes = [x.shape[1], *[WIDTH] * (depth - 1), GROUPS]
        weights = [torch.nn.init.xavier_uniform_(torch.empty(m, n)) for m, n in pairwise(sizes)]
        parameters = [w.requires_grad_() for w in weights] + [torch.zeros(n, requires_grad=True) for n in sizes[1:]]
        optimizer = torch.optim.Adam(parameters, lr=rate, weight_decay=5e-4, fused=True)
        for _ in range(EPOCHS):
            scores, hidden = forward(a, x, parameters[:depth], parameters[depth:], skip)
            right = (scores.argmax(1) == y).float()
            if right[valid].mean() > best[0]:
                best = (right[valid].mean(), {"accuracy": 100 * right[test].mean(), "spread": spread(hidden.detach())})
            loss = F.cross_entropy(scores[train], y[train])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return best[1]


def forward(a, h, weights, biases, skip):
    """Each layer averages over neighbours, multiplies by weights, adds a bias and applies ReLU, but the last."""
    for n, (w, b) in enumerate(zip(weights[:-1], biases[:-1], strict=True)):
        new = F.relu(a @ (h @ w) + b)
        h = h + new if skip and n else new
    return a @ (h @ weights[-1]) + biases[-1], h


def spread(h):
    """Variance of node vectors around their mean, as a share of their mean square."""
    return ((h - h.mean(0)) ** 2).sum() / (h**2).sum().clamp(min=1e-30) + 1e-12
