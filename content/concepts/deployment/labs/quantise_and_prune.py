"""What do quantisation and pruning cost in accuracy, and what do they save in size and time?

A small network learns to read handwritten digits. Then its weights are rounded to 8 bits, with one scale for a layer,
or the smallest of each layer are set to zero: 50, 80, 90 or 95 %, once, or with a little training afterwards. Size is
what one would store; for pruned layers the values that are left with two bytes for each position, or the dense layer
where that is smaller. Time is that of the product of 256 inputs with the middle layer's weights: an ordinary (dense)
product, or one in a sparse format. It is compared with the dense product before pruning, by interleaved repeats.

What would change the outcome: a network that is hardly large enough (pruning hurts earlier), fewer bits (see the
picture), whole rows pruned instead of single weights, or a processor with kernels for sparse weights.
"""

import time

import numpy as np
import torch
from scipy.sparse import csr_matrix
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "float": "32-bit weights as trained",
    "int8": "8 bits",
    "pruned": "smallest weights set to zero",
    "tuned": "smallest weights set to zero, then 100 steps of training",
    "sparse": "the pruned weights in a sparse format",
}
MEASURES = {
    "accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"},
    "size": {"says": "stored size", "unit": "kB", "log": True, "better": "lower"},
    "time": {"says": "time of the product", "unit": "ms", "log": True, "timing": True, "better": "lower"},
}
CONDITIONS = ["50", "80", "90", "95"]
AXIS = "weights pruned (%)"
PARAMETERS = {
    "width": {"says": "hidden units of each layer", "default": 128, "low": 16, "high": 256},
    "steps": {"says": "training steps", "default": 300, "low": 50, "high": 1000},
}
CLAIMS = {
    "int8-free": {
        "says": "Rounding weights to 8 bits changes accuracy by less than half a point.",
        "test": "accuracy: int8 == float +- 0.5",
        "conditions": ["90"],
    },
    "pruning-free": {
        "says": "Most weights can be pruned for free: with a little training afterwards, less than a point is lost.",
        "test": "accuracy: tuned == float +- 1",
    },
    "zeros-are-faster": {
        "says": "A pruned network runs faster: a product with its weights takes at most two thirds of the time.",
        "test": "time: pruned < float / 1.5",
    },
    "sparse-is-faster": {
        "says": "In a sparse format the product takes at most two thirds of the time.",
        "test": "time: sparse < float / 1.5",
        "conditions": ["50", "95"],
    },
}
SOURCES = ["han-2015", "jacob-2018"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)


def measure(seed, width, steps):
    """Train once, then compress in every way."""
    net, x, y = trained_net(seed, width, steps)
    test = x[900:], y[900:]
    trained = [p.detach().clone() for p in net.parameters()]
    count = sum(p.numel() for p in trained)
    dense = {"accuracy": accuracy(net, *test), "size": count * 4 / 1000}
    load(net, [rounded(p, 8) for p in trained])
    int8 = {"accuracy": accuracy(net, *test), "size": count / 1000}
    values = {}
    for condition in CONDITIONS:
        masks = [kept(p, float(condition) / 100) for p in trained]
        load(net, [p * mask for p, mask in zip(trained, masks, strict=True)])
        left = sum(int(mask.sum()) for mask in masks)
        pruned = {"accuracy": accuracy(net, *test), "size": min(left * 6, count * 4) / 1000}
        times = timed(trained[2].numpy(), (trained[2] * masks[2]).numpy())
        fit(net, x[:900], y[:900], 100, masks)
        tuned = pruned | {"accuracy": accuracy(net, *test)}
        values[condition] = {
            "float": dense | {"time": times[0]},
            "int8": int8 | {"time": times[0]},
            "pruned": pruned | {"time": times[1]},
            "tuned": tuned | {"time": times[1]},
            "sparse": pruned | {"time": times[2]},
        }
    return values


def illustrate(seed, width, steps):
    """Accuracy by bits."""
    net, x, y = trained_net(seed, width, steps)
    trained, line = [p.detach().clone() for p in net.parameters()], []
    for bits in range(2, 9):
        load(net, [rounded(p, bits) for p in trained])
        line.append(accuracy(net, x[900:], y[900:]).item())
    labels = {"x_label": "bits of each weight", "y_label": "test accuracy (%)"}
    return [
        {"kind": "curves", "title": "Rounding weights", "x": list(range(2, 9)), "lines": {"one scale": line}, **labels}
    ]


def trained_net(seed, width, steps):
    """A network that is trained on the first 900 images, and all images in its order."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    torch.manual_seed(seed)
    net = nn.Sequential(nn.Linear(64, width), nn.ReLU(), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, 10))
    fit(net, x[:900], y[:900], steps)
    return net, x, y


def fit(net, x, y, steps, masks=None):
    """Adam; what is masked stays zero."""
    optimizer = torch.optim.Adam(net.parameters(), lr=2e-3, fused=True)
    for batch in torch.randint(len(x), (steps, 64)):
        loss = F.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if masks:
            load(net, [p.detach() * mask for p, mask in zip(net.parameters(), masks, strict=True)])


def load(net, values):
    """Put these values in the place of the parameters."""
    with torch.no_grad():
        for p, value in zip(net.parameters(), values, strict=True):
            p.copy_(value)


def accuracy(net, x, y):
    with torch.no_grad():
        return 100 * (net(x).argmax(1) == y).float().mean()


def rounded(p, bits):
    """Weights as multiples of one step of their layer, so that the largest needs no more than these bits."""
    step = p.abs().max() / (2 ** (bits - 1) - 1)
    return (p / step).round() * step


def kept(p, share):
    """1 where a weight is among the largest of its layer, 0 for the `share` that goes. Biases stay."""
    return (p.abs() > p.abs().flatten().quantile(share)).float() if p.dim() == 2 else torch.ones_like(p)


def timed(before, after):
    """Milliseconds of a product with the weights before pruning, after it, and after it in a sparse format."""
    x, found = np.random.default_rng(0).normal(size=(before.shape[1], 256)).astype(np.float32), []
    for _ in range(41):
        for weights in (before, after, csr_matrix(after)):
            started = time.perf_counter()
            weights @ x
            found.append(1000 * (time.perf_counter() - started))
    return np.median(np.reshape(found, (-1, 3)), axis=0)
