"""Can a network be adapted to a new scanner without any label?

A network with batch normalisation learns to read digits. Then its inputs change: lower contrast on a brighter ground,
or added noise, or every image is mirrored upside down, or nothing at all except that only 0, 1 and 2 still occur. The
network is used as it is, or its batch-norm statistics are estimated anew on unlabelled target images (AdaBN), or a
linear map gives the target's pixels the mean and covariance that the source's had (CORAL, applied to the pixels). No
label of the target is used.

What would change the outcome: the kind of shift. Both repairs assume that the classes are mixed as before and that only
scale, position or linear mixture of the values changed. They mend what moments describe, and nothing else.
"""

import copy

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "as-it-is": "the source network, unchanged",
    "batch-norm": "statistics estimated anew on the target",
    "coral": "pixels mapped to the source's moments",
    "at-home": "the source network on source images",
}
MEASURES = {"accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"}}
CONDITIONS = ["low contrast", "noise", "upside down", "only 0, 1 and 2"]
AXIS = "what changed in the target"
PARAMETERS = {
    "contrast": {"says": "contrast that is left", "unit": "of 1", "default": 0.3, "low": 0.05, "high": 1.0},
    "noise": {"says": "standard deviation of the noise (ink is 1)", "default": 0.5, "low": 0.0, "high": 2.0},
    "unlabelled": {"says": "unlabelled target images", "default": 300, "low": 20, "high": 400},
}
CLAIMS = {
    "adabn-enough": {
        "says": "It is enough to estimate the batch-norm statistics anew: accuracy is within 5 points of home.",
        "test": "accuracy: batch-norm == at-home +- 5",
    },
    "adabn-helps": {
        "says": "Estimating batch-norm statistics anew on unlabelled target images gains at least 5 points.",
        "test": "accuracy: batch-norm > as-it-is + 5",
    },
    "adabn-class-mix": {
        "says": "Where only the mix of classes changed, estimating batch-norm statistics anew costs at least 5 points.",
        "test": "accuracy: batch-norm < as-it-is - 5",
        "conditions": ["only 0, 1 and 2"],
    },
    "coral-helps": {
        "says": "Giving the target's pixels the moments of the source gains at least 5 points.",
        "test": "accuracy: coral > as-it-is + 5",
    },
}
SOURCES = ["li-2016", "sun-2016"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES / 16


def measure(seed, contrast, noise, unlabelled):
    """Accuracy in each target, of each way to deal with it."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    net = trained(seed, x[:1000], y[:1000])
    found = {}
    for condition in CONDITIONS:
        x_new = shifted(x, condition, contrast, noise, random)
        chosen = (y < 3) | (condition != "only 0, 1 and 2")
        seen, x_test, y_test = x_new[1000:1400][chosen[1000:1400]][:unlabelled], x_new[1400:], y[1400:]
        x_test, x_home, y_test = x_test[chosen[1400:]], x[1400:][chosen[1400:]], y_test[chosen[1400:]]
        found[condition] = {
            "as-it-is": {"accuracy": accuracy(net, x_test, y_test)},
            "batch-norm": {"accuracy": accuracy(with_statistics_of(net, seen), x_test, y_test)},
            "coral": {"accuracy": accuracy(net, coral(x_test, seen, x[:1000]), y_test)},
            "at-home": {"accuracy": accuracy(net, x_home, y_test)},
        }
    return found


def illustrate(seed, contrast, noise, unlabelled):
    """The same four digits in the source and in three targets."""
    x, random = torch.tensor(IMAGES[:4], dtype=torch.float32), np.random.default_rng(seed)
    rows = [x, *(shifted(x, condition, contrast, noise, random) for condition in CONDITIONS[:3])]
    picture = torch.cat([torch.cat([*row.reshape(4, 8, 8)], dim=1) for row in rows])  # 32 by 32
    return [{"kind": "matrix", "title": "Source, low contrast, noise, upside down", "values": picture.tolist()}]


def shifted(x, condition, contrast, noise, random):
    if condition == "low contrast":
        return contrast * x + (1 - contrast)
    if condition == "noise":
        return x + noise * torch.tensor(random.normal(size=x.shape), dtype=torch.float32)
    return x.reshape(-1, 8, 8).flip(1).flatten(1) if condition == "upside down" else x


def trained(seed, x, y):
    torch.manual_seed(seed)
    layers = [nn.Linear(64, 64), nn.BatchNorm1d(64), nn.ReLU(), nn.Linear(64, 32), nn.BatchNorm1d(32), nn.ReLU()]
    net = nn.Sequential(*layers, nn.Linear(32, 10))
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-3, fused=True)
    for _ in range(300):
        batch = torch.randint(len(x), (32,))
        loss = F.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net.eval()


def with_statistics_of(net, x):
    """A copy whose batch-norm layers have the mean and variance of these images. No weight changes."""
    net = copy.deepcopy(net)
    for layer in net:
        if isinstance(layer, nn.BatchNorm1d):
            layer.reset_running_stats()
            layer.momentum = None  # a plain average over all batches, here over one
    with torch.no_grad():
        net.train()(x)
    return net.eval()


def coral(x, target, source):
    """Whiten with the target's covariance, colour with the source's, and move the mean."""
    return (x - target.mean(0)) @ root(target, -0.5) @ root(source, 0.5) + source.mean(0)


def root(x, power):
    """A power of the covariance matrix; a little is added to its diagonal, or it could not be inverted."""
    values, vectors = torch.linalg.eigh(x.T.cov() + 0.01 * torch.eye(x.shape[1]))
    return vectors @ torch.diag(values**power) @ vectors.T


def accuracy(net, x, y):
    with torch.no_grad():
        return 100 * (net(x).argmax(1) == y).float().mean().item()
