"""Do small batches find flat minima and so always generalise better?

A network learns to read 300 digits with batches of 8 and with the whole set at once, from the same start, each with the
best of four rates by validation: once with the same number of epochs, once with the same number of updates. At the end
we measure the test accuracy and the sharpness of the place: how much the training loss rises when every weight is moved
at random, in proportion to the size of its layer, which no rescaling of a layer changes. Rates are chosen by accuracy,
not by sharpness, and the lowest is taken where several tie; the variants are not matched in training loss, with which
the sharpness of cross-entropy falls too.

What would change the outcome: a poor start or an untuned rate, with which large batches fall behind; sets and networks
a thousand times as large; a comparison at equal training loss; another measure of sharpness; batch normalisation.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {"small": "batches of eight", "full": "the whole set in every step"}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "sharpness": {"says": "rise of the training loss when weights are moved", "unit": "nats", "log": True},
}
CONDITIONS = ["equal epochs", "equal updates"]
AXIS = "what the two have in common"
PARAMETERS = {
    "updates": {"says": "updates of the small batches", "default": 600, "low": 100, "high": 1500},
    "move": {"says": "size of the random move, against the weights'", "default": 0.1, "low": 0.01, "high": 0.5},
}
CLAIMS = {
    "small-generalise-better": {
        "says": "Small batches always generalise better: at least 1 point above the full batch on test images.",
        "test": "accuracy: small > full + 1",
    },
    "small-find-flat-minima": {
        "says": "Small batches find flatter places: a random move raises the training loss by a third less or better.",
        "test": "sharpness: small < full / 1.5",
    },
    "equal-when-tuned": {
        "says": "With as many updates and its own rate, the full batch is as accurate as small ones, within 1 point.",
        "test": "accuracy: full == small +- 1",
        "conditions": ["equal updates"],
    },
}
SOURCES = ["keskar-2017", "dinh-2017", "geiping-2022"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES / 16 - 0.3
SIZE, WIDTH = 300, 32
RATES = {"small": (0.003, 0.01, 0.03, 0.1), "full": (0.01, 0.03, 0.1, 0.3)}


def measure(seed, updates, move):
    """Test accuracy and sharpness of each variant at its best rate."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    steps = int(updates)
    small = taken(fit(x, y, RATES["small"], 8, steps, seed), x, y, move)
    fewer = fit(x, y, RATES["full"], SIZE, max(1, steps * 8 // SIZE), seed)
    as_many = fit(x, y, RATES["full"], SIZE, steps, seed)
    return {
        "equal epochs": {"small": small, "full": taken(fewer, x, y, move)},
        "equal updates": {"small": small, "full": taken(as_many, x, y, move)},
    }


def fit(x, y, rates, size, steps, seed):
    """SGD with momentum, one network per rate side by side; the weights of the one that validates best."""
    torch.manual_seed(seed)
    root = torch.tensor(rates).sqrt().reshape(-1, 1, 1)
    w1, w2 = torch.randn(64, WIDTH) * (2 / 64) ** 0.5, torch.randn(WIDTH, 10) * (1 / WIDTH) ** 0.5
    # Where weight = sqrt(rate) * raw, a gradient step of size 1 on raw is one of size rate on the weight.
    raw = [(value / root).requires_grad_() for value in (w1, torch.zeros(1, WIDTH), w2, torch.zeros(1, 10))]
    optimizer = torch.optim.SGD(raw, lr=1.0, momentum=0.9, fused=True)
    for _ in range(steps):
        batch = torch.randperm(SIZE)[:size]
        loss = len(rates) * F.cross_entropy(
            forward(x[batch], *(root * v for v in raw)).flatten(0, 1), y[batch].repeat(len(rates))
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        weights = [root * value for value in raw]
        best = (forward(x[SIZE : SIZE + 300], *weights).argmax(2) == y[SIZE : SIZE + 300]).float().mean(1).argmax()
    return [value[best] for value in weights]


def forward(x, w1, b1, w2, b2):
    """One hidden layer of ReLU units; weights may have an axis of networks before (in, out)."""
    return (x @ w1 + b1).relu() @ w2 + b2


def taken(weights, x, y, move):
    """Test accuracy, and the mean rise of the training loss over forty random moves of the weights."""
    right = forward(x[SIZE + 300 :], *weights).argmax(1) == y[SIZE + 300 :]
    moved = [w + move * w.square().mean().sqrt() * torch.randn(40, *w.shape) for w in weights]
    logits = forward(x[:SIZE], *moved)  # (move, image, class)
    rise = F.cross_entropy(logits.flatten(0, 1), y[:SIZE].repeat(40)) - F.cross_entropy(
        forward(x[:SIZE], *weights), y[:SIZE]
    )
    return {"accuracy": 100 * right.float().mean().item(), "sharpness": max(rise.item(), 1e-6)}
