"""How many parameters does depth save, and does training find the saving?

The target is a sawtooth: the tent function applied to its own output k times, which has 2^(k-1) teeth. It is written
down twice without training, as a narrow ReLU network of k layers and as one hidden layer with a unit for every kink
(Telgarsky 2016). Then networks of both shapes are trained on it with Adam from random starts: with about equal
parameters and room to spare, and a deep one of exactly the size of the construction (the best of ten starts). The rate
of each is the better of two by training error. The points cover the whole interval: nothing but the fit is measured.

What would change the outcome: a target that is not composed of equal steps, for which nothing is saved; more training
steps and lower rates, with which the deep network with room to spare comes closer; a start near the construction. That
a network can represent a function does not say that training finds it.
"""

from itertools import pairwise

import numpy as np
import torch

ARMS = {
    "deep-built": "k layers of two ReLU units, weights written down",
    "shallow-built": "one layer of 2^k ReLU units, weights written down",
    "deep-trained": "k layers, trained, with room to spare",
    "shallow-trained": "one layer with as many parameters as deep-trained",
    "tight-trained": "k layers of two units, the size of deep-built, trained from ten starts",
}
MEASURES = {
    "parameters": {"says": "weights and biases", "better": "lower", "log": True},
    "explained": {"says": "variance of the target that is explained", "unit": "%", "better": "higher"},
}
CONDITIONS = ["2", "3", "5"]
AXIS = "compositions k"
PARAMETERS = {
    "width": {"says": "units per layer of the trained deep network", "default": 8, "low": 4, "high": 24},
    "steps": {"says": "training steps", "default": 400, "low": 100, "high": 1000},
}
CLAIMS = {
    "depth-saves-parameters": {
        "says": "A deep network represents the same function with less than half the parameters of a shallow one.",
        "test": "parameters: deep-built < shallow-built / 2",
        "check": "explained: deep-built > 99.99",
    },
    "training-finds-it": {
        "says": "A deep network of just sufficient size, trained from ten random starts, explains 95 % of the target.",
        "test": "explained: tight-trained > 95",
    },
    "trained-deep-beats-shallow": {
        "says": "Trained with as many parameters, a deep network explains at least 10 points more than a shallow one.",
        "test": "explained: deep-trained > shallow-trained + 10",
    },
}
SOURCES = ["telgarsky-2016", "malach-2019"]
BUDGET_S = 25

X = np.linspace(0, 1, 2**7 + 1)[:, None]
RATES = (1e-2, 3e-2)


def measure(seed, width, steps):
    """Parameters and fit of every network, by the number of compositions."""
    found = {}
    for k in CONDITIONS:
        target = sawtooth(int(k))
        found[k] = {
            arm: {
                "parameters": sum(w.size + b.size for w, b in layers),
                "explained": 100 * (1 - np.mean((run(layers) - target) ** 2) / target.var()),
            }
            for arm, layers in networks(int(k), seed, width, steps).items()
        }
    return found


def illustrate(seed, width, steps):
    """The target with k = 3 and what the trained networks make of it."""
    nets = networks(3, seed, width, steps)
    lines = {"target": sawtooth(3)} | {arm: run(nets[arm]) for arm in ARMS if arm.endswith("trained")}
    lines = {name: line[:, 0].tolist() for name, line in lines.items()}
    title = "A sawtooth of four teeth, and what training finds"
    return [{"kind": "curves", "title": title, "x_label": "x", "y_label": "y", "x": X[:, 0].tolist(), "lines": lines}]


def sawtooth(k):
    """The tent function, k times."""
    y = X
    for _ in range(k):
        y = 1 - np.abs(2 * y - 1)
    return y


def networks(k, seed, width, steps):
    """The layers of each arm for k compositions, as pairs of (weights, biases)."""
    torch.manual_seed(seed)
    deep = [1] + [width] * k + [1]
    size = sum((n_in + 1) * n_out for n_in, n_out in pairwise(deep))
    return {
        "deep-built": deep_tents(k),
        "shallow-built": one_layer(k),
        "deep-trained": fit(deep, k, steps),
        "shallow-trained": fit([1, size // 3, 1], k, steps),
        "tight-trained": fit([1] + [2] * k + [1], k, steps, starts=10),
    }


def deep_tents(k):
    """tent(x) = 2 relu(x) - 4 relu(x - 1/2): two units per layer; each layer reads the tent of the one before."""
    first, tent, bias = np.array([[1.0, 1.0]]), np.array([[2.0], [-4.0]]), np.array([0, -0.5])
    return [(first, bias)] + [(tent @ first, bias)] * (k - 1) + [(tent, np.zeros(1))]


def one_layer(k):
    """A unit for every kink: slopes alternate between 2^k and -2^k, so each unit changes the slope by twice that."""
    kinks = np.arange(2**k) / 2**k
    changes = 2.0 ** (k + 1) * (-1.0) ** np.arange(2**k)
    changes[0] /= 2
    return [(np.ones((1, 2**k)), -kinks), (changes[:, None], np.zeros(1))]


def fit(sizes, k, steps, starts=1):
    """Adam on the whole interval, a network per start and rate side by side; the layers of the one that fits best."""
    x, y = (torch.tensor(v, dtype=torch.float32) for v in (2 * X - 1, sawtooth(k)))
    rate = torch.tensor(RATES).repeat(starts).reshape(-1, 1, 1)
    # Adam's steps do not depend on the scale of a gradient: where weight = rate * raw, Adam at 1 is Adam at each rate.
    raw = []
    for n_in, n_out in pairwise(sizes):
        start = torch.randn(starts, n_in, n_out) * (2 / n_in) ** 0.5, torch.rand(starts, 1, n_out) * 2 - 1
        raw += [(value.repeat_interleave(len(RATES), 0) / rate).requires_grad_() for value in start]
    optimizer = torch.optim.Adam(raw, lr=1.0, fused=True)
    for _ in range(steps):
        h = x.expand(len(rate), -1, -1)  # (network, point, unit)
        for w, b in zip(raw[::2], raw[1::2], strict=True):
            h = torch.baddbmm(rate * b, h if w is raw[0] else h.relu(), rate * w)
        errors = (h - y).square().mean((1, 2))
        optimizer.zero_grad()
        errors.sum().backward()
        optimizer.step()
    best = errors.argmin()
    layers = [(rate * value)[best].detach().numpy() for value in raw]
    layers = list(zip(layers[::2], [b[0] for b in layers[1::2]], strict=True))
    w, b = layers[0]  # trained on inputs from -1 to 1, which is kinder to a random start: fold the scaling in
    return [(2 * w, b - w[0]), *layers[1:]]


def run(layers):
    """The output of a network at every point."""
    h = X
    for number, (w, b) in enumerate(layers):
        h = (np.maximum(h, 0) if number else h) @ w + b
    return h
