"""Is random search better than grid search at the same budget?

Five hyperparameters of a small network are tuned with 32 trials: a grid of two values each, 32 random points, or 32
points of a Sobol sequence, which are as random but more evenly spread. In three of the four settings the network is a
stand-in, a smooth bump whose height depends on one, two or all five of the hyperparameters, with the peak anywhere in
the unit cube; each seed averages over 300 such bumps. In the fourth it is real: 32 networks that learn handwritten
digits, with learning rate, momentum, initial scale, weight decay and label smoothing to be tuned.

What would change the outcome: how many of the hyperparameters matter, how wide the peak is (its slider), and a grid
that is refined after the first look, or a search that learns from its trials.
"""

import numpy as np
import torch
from scipy.stats import qmc
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "grid": "two values of each of five hyperparameters",
    "random": "32 random points",
    "sobol": "32 points of a scrambled Sobol sequence",
}
MEASURES = {
    "score": {"says": "best score found (height of the bump, or accuracy)", "unit": "%", "better": "higher"},
}
CONDITIONS = ["one matters", "two matter", "all five matter", "a real network"]
AXIS = "how many of five hyperparameters matter"
PARAMETERS = {
    "peak": {"says": "width of the peak", "unit": "of the range", "default": 0.3, "low": 0.1, "high": 1},
}
CLAIMS = {
    "random-wins": {
        "says": "At equal budget random search beats grid search by at least 1 point.",
        "test": "score: random > grid + 1",
    },
    "few-matter": {
        "says": "Where one or two of five hyperparameters matter, random search beats the grid by at least 1 point.",
        "test": "score: random > grid + 1",
        "conditions": ["one matters", "two matter"],
    },
    "grid-wins": {
        "says": "Grid search is the more thorough: at equal budget it beats random search by at least 1 point.",
        "test": "score: grid > random + 1",
    },
    "sobol-wins": {
        "says": "Random points that are spread evenly (Sobol) beat independent ones by at least 1 point.",
        "test": "score: sobol > random + 1",
    },
}
SOURCES = ["bergstra-2012"]
BUDGET_S = 10

TRIALS, DIMENSIONS, BUMPS = 32, 5, 300
IMAGES, LABELS = load_digits(return_X_y=True)


def measure(seed, peak):
    """The best of 32 trials of each search, in each setting."""
    result = {condition: {} for condition in CONDITIONS}
    for arm in ARMS:
        rng = np.random.default_rng(seed)
        peaks = rng.random((BUMPS, DIMENSIONS))
        points = np.stack([search(arm, rng) for _ in range(BUMPS)])  # (bump, trial, hyperparameter)
        for condition, matter in zip(CONDITIONS[:3], (1, 2, DIMENSIONS), strict=True):
            result[condition][arm] = {"score": bump(points, peaks, matter, peak).max(1).mean()}
        result["a real network"][arm] = {"score": accuracies(seed, points[0]).max()}
    return result


def illustrate(seed, peak):
    """Where two of five hyperparameters are tried: the grid's 32 trials are four points, on top of each other."""
    groups = {arm: search(arm, np.random.default_rng(seed))[:, :2].tolist() for arm in ARMS}
    title, x_label, y_label = "The 32 trials, seen in two of five dimensions", "learning rate", "momentum"
    return [{"kind": "points", "title": title, "x_label": x_label, "y_label": y_label, "groups": groups}]


def search(arm, rng):
    """32 points in the unit cube of five dimensions."""
    if arm == "grid":
        return np.stack(np.meshgrid(*[[0.25, 0.75]] * DIMENSIONS), axis=-1).reshape(TRIALS, DIMENSIONS)
    if arm == "random":
        return rng.random((TRIALS, DIMENSIONS))
    return qmc.Sobol(DIMENSIONS, seed=rng).random(TRIALS)


def bump(points, peaks, matter, peak):
    """The height of a Gaussian bump, 100 at its peak, that only the first `matter` hyperparameters change."""
    distance = ((points - peaks[:, None])[..., :matter] ** 2).sum(-1)
    return 100 * np.exp(-distance / (2 * peak**2))


def accuracies(seed, points):
    """Validation accuracy of 32 networks that train side by side, one for each point."""
    u = torch.tensor(points, dtype=torch.float32).T[..., None, None]  # (hyperparameter, trial, 1, 1)
    rate, momentum, scale = 10 ** (4 * u[0] - 3.5), 0.95 * u[1], 10 ** (2 * u[2] - 1)
    decay, smoothing = 10 ** (4 * u[3] - 6), 0.3 * u[4].flatten()
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32), torch.tensor(LABELS[order])
    torch.manual_seed(seed)
    net = [torch.randn(1, 64, 32) * scale / 5.7, torch.zeros(TRIALS, 1, 32)]  # scale 1: He's rule
    net += [torch.randn(1, 32, 10) * scale / 4, torch.zeros(TRIALS, 1, 10)]
    velocity = [torch.zeros_like(p) for p in net]
    for batch in torch.randint(600, (100, 64)):
        net = [p.detach().requires_grad_() for p in net]
        logs = F.log_softmax(forward(net, x[batch]), 2)  # (trial, image, class)
        right = logs.gather(2, y[batch].view(1, -1, 1).expand(TRIALS, -1, -1)).mean((1, 2))
        loss = -((1 - smoothing) * right + smoothing * logs.mean((1, 2)))
        gradients = torch.autograd.grad(loss.sum(), net)
        velocity = [momentum * v + g + decay * p.detach() for v, g, p in zip(velocity, gradients, net, strict=True)]
        net = [p.detach() - rate * v for p, v in zip(net, velocity, strict=True)]
    return 100 * (forward(net, x[600:]).argmax(2) == y[600:]).float().mean(1)


def forward(net, x):
    """The scores (trial, image, class) of networks with one hidden layer."""
    return (x @ net[0] + net[1]).relu() @ net[2] + net[3]
