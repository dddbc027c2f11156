"""Is a deeper network better, and what do residual connections change?

Multilayer perceptrons of two depths learn to read small digits, plain and with residual connections: every two layers
add their result to what came in. All have the same width, no normalisation and the same number of steps. Residual
networks start in two ways: with the same He weights as the plain ones, or with the last weights of every block at zero,
so that the whole network begins as the identity. (The residual arm with He weights, and the claim on it, were added
after a first trial, to tell the skip from the start.) Each net's rate is the best of three on validation images. The
training error is looked at too: a network that overfits fits its training images well, one that degrades does not.

What would change the outcome: batch or layer normalisation, which train plain nets of this depth; fewer layers; many
more steps; a start made for the depth; a task that needs more depth than reading digits does.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "plain-shallow": "2 layers between the first and the last, plain",
    "plain-deep": "as many as the parameter says, plain",
    "he-deep": "as deep, with residual connections and the same He start",
    "residual-shallow": "2 layers, with a residual connection; the block starts as the identity",
    "residual-deep": "as deep, with residual connections; every block starts as the identity",
}
MEASURES = {
    "error": {"says": "error on test images", "unit": "%", "better": "lower"},
    "training-error": {"says": "error on training images", "unit": "%", "better": "lower"},
}
PARAMETERS = {
    "depth": {"says": "layers of the deep networks", "default": 30, "low": 4, "high": 60},
    "steps": {"says": "training steps", "default": 150, "low": 50, "high": 400},
}
CLAIMS = {
    "deeper-is-better": {
        "says": "Deeper is better: a plain network of thirty layers makes at least 1 point less error than one of two.",
        "test": "error: plain-deep < plain-shallow - 1",
    },
    "deep-plain-overfits": {
        "says": "A plain network that is too deep overfits: its training error is within 1 point of the shallow one's.",
        "test": "training-error: plain-deep == plain-shallow +- 1",
        "check": "error: plain-deep > plain-shallow + 1",
    },
    "skips-alone-suffice": {
        "says": "Residual connections alone, at the same He start, take at least 2 points off the deep net's error.",
        "test": "error: he-deep < plain-deep - 2",
    },
    "identity-start-makes-depth-usable": {
        "says": "Residual blocks that start as the identity take at least 2 points off the error of the deep network.",
        "test": "error: residual-deep < plain-deep - 2",
    },
    "residual-depth-pays": {
        "says": "With them, thirty layers make at least 1 point less error on these images than two.",
        "test": "error: residual-deep < residual-shallow - 1",
    },
}
SOURCES = ["he-2016", "zhang-2019"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = (IMAGES / 16 - 0.3) / 0.4
WIDTH, RATES = 24, (3e-4, 1e-3, 3e-3)


def measure(seed, depth, steps):
    """Train every network on 500 images, choose its rate on 300, test it on the others."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    found = {}
    for arm in ARMS:
        kind, size = arm.split("-")
        net, _ = fit(x[:500], y[:500], seed, depth // 2 * 2 if size == "deep" else 2, kind, steps)
        best = errors(net, x[500:800], y[500:800]).argmin()
        found[arm] = {
            "error": errors(net, x[800:], y[800:])[best].item(),
            "training-error": errors(net, x[:500], y[:500])[best].item(),
        }
    return found


def illustrate(seed, depth, steps):
    """Training loss of the deep networks, each at the rate that ends lowest."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32)[:500], torch.tensor(LABELS[order])[:500]
    lines = {}
    for kind in ("plain", "he", "residual"):
        losses = fit(x, y, seed, depth // 2 * 2, kind, steps)[1]  # (step, rate)
        lines[kind] = losses[:, losses[-20:].mean(0).argmin()].tolist()
    title = f"Training loss with {depth} layers"
    x_label, y_label = "step", "cross-entropy of the batch"
    x = list(range(steps))
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": x, "lines": lines}]


def fit(x, y, seed, depth, kind, steps):
    """Adam, one network per rate side by side. Gives the networks as a function, and the losses (step, rate)."""
    torch.manual_seed(seed)
    rate = torch.tensor(RATES).reshape(-1, 1, 1)
    first, last = torch.randn(64, WIDTH) * (2 / 64) ** 0.5, torch.randn(WIDTH, 10) * (1 / WIDTH) ** 0.5
    middle = torch.randn(depth, 1, WIDTH, WIDTH) * (2 / WIDTH) ** 0.5
    if kind == "residual":
        middle[1::2] = 0  # the last layer of each block: every block starts as the identity
    # Adam's steps do not depend on the scale of a gradient: where weight = rate * raw, Adam at 1 is Adam at each rate.
    raw = [(value / rate).requires_grad_() for value in (first, middle, last)]  # (..., rate, n_in, n_out)
    bias = torch.zeros(depth, len(RATES), 1, WIDTH, requires_grad=True)
    optimizer = torch.optim.Adam([*raw, bias], lr=1.0, fused=True)

    def net(images):
        w_in, weights, w_out = (rate * value for value in raw)
        h = (images @ w_in).relu()  # (rate, image, unit)
        layers = list(zip(weights.unbind(), (rate * bias).unbind(), strict=True))
        for (w1, b1), (w2, b2) in zip(layers[::2], layers[1::2], strict=True):  # blocks of two layers
            inner = torch.baddbmm(b1, h, w1).relu()
            branch = torch.baddbmm(b2, inner, w2)
            h = branch.relu() if kind == "plain" else h + branch
        return h @ w_out

    losses = []
    for _ in range(steps):
        batch = torch.randint(len(x), (64,))
        loss = F.cross_entropy(net(x[batch]).flatten(0, 1), y[batch].repeat(len(RATES)), reduction="none")
        loss = loss.reshape(len(RATES), -1).mean(1)
        optimizer.zero_grad()
        loss.sum().backward()
        optimizer.step()
        losses.append(loss.detach())
    return net, torch.stack(losses)


def errors(net, x, y):
    """Percentage of images that each network gets wrong."""
    with torch.no_grad():
        return 100 * (net(x).argmax(2) != y).float().mean(1)
