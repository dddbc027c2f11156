"""Can sigmoid be used in hidden layers?

Networks of one and of eight hidden layers learn to read handwritten digits with sigmoid or with ReLU. Both activations
get Adam, their own standard initialisation (Xavier for sigmoid, He for ReLU) and a learning rate that is tuned for
each on a validation set: three rates train side by side as the leading axis of every weight. The deep networks are
also trained with batch norm before each activation.

What would change the outcome: the number of layers (its slider finds where sigmoid fails), larger initial weights for
the sigmoid (Glorot and Bengio proposed four times Xavier's standard deviation; try it), skip connections, and many more
steps, since a plateau may end.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {"sigmoid": "sigmoid in every hidden layer", "relu": "ReLU in every hidden layer"}
MEASURES = {"accuracy": {"says": "test accuracy at the tuned rate", "unit": "%", "better": "higher"}}
CONDITIONS = ["one layer", "deep", "deep, batch norm"]
AXIS = "network"
PARAMETERS = {
    "depth": {"says": "hidden layers of a deep network", "default": 8, "low": 2, "high": 12},
    "scale": {"says": "sigmoid's initial weights / Xavier's", "default": 1, "low": 1, "high": 6},
    "steps": {"says": "mini-batch steps", "default": 120, "low": 50, "high": 500},
}
CLAIMS = {
    "cannot-be-used": {
        "says": "Sigmoid cannot be used in hidden layers: ReLU is at least 20 points more accurate.",
        "test": "accuracy: relu > sigmoid + 20",
    },
    "relu-better": {
        "says": "ReLU is the better choice in hidden layers, by at least 2 points.",
        "test": "accuracy: relu > sigmoid + 2",
    },
    "shallow-equal": {
        "says": "In a network with one hidden layer sigmoid and ReLU are equally accurate, to within 2 points.",
        "test": "accuracy: sigmoid == relu +- 2",
        "conditions": ["one layer"],
    },
}
SOURCES = ["glorot-2010", "glorot-2011"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.tensor([0.002, 0.006, 0.02])
WIDTH = 32


def measure(seed, depth, scale, steps):
    """Tune and test both activations in each network."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32), torch.tensor(LABELS[order])
    result = {condition: {} for condition in CONDITIONS}
    for condition in CONDITIONS:
        for arm in ARMS:
            net = fit(seed, condition, arm, (x[:800], y[:800]), depth, scale, steps)[0]
            right = 100 * (forward(condition, arm, net, x)[:, 800:].argmax(2) == y[800:]).float()
            tuned = right[:, :300].mean(1).argmax()
            result[condition][arm] = {"accuracy": right[tuned, 300:].mean()}
    return result


def illustrate(seed, depth, scale, steps):
    """The training loss of the deep networks at rate 0.006, for one seed."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    train = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32)[:800], torch.tensor(LABELS[order])[:800]
    lines = {
        f"{arm}, {condition}": fit(seed, condition, arm, train, depth, scale, steps)[1][:, 1].tolist()
        for arm, condition in [("relu", "deep"), *(("sigmoid", condition) for condition in CONDITIONS[1:])]
    }
    figure = {"kind": "curves", "title": "Training loss at rate 0.006", "x_label": "step", "y_label": "loss (nats)"}
    return [figure | {"x": list(range(steps)), "lines": lines}]


def fit(seed, condition, arm, train, depth, scale, steps):
    """Adam at all rates at once: weights, then biases, of the shape (rate, inputs or 1, outputs); and the losses."""
    torch.manual_seed(seed)
    sizes = [64, *[WIDTH] * (1 if condition == "one layer" else depth), 10]
    gain = 2 if arm == "relu" else scale**2
    fans = [n if arm == "relu" else (n + m) / 2 for n, m in pairwise(sizes)]
    scales = [(gain / fan) ** 0.5 for fan in fans[:-1]] + [fans[-1] ** -0.5]
    net = [scale * torch.randn(n, m) for scale, (n, m) in zip(scales, pairwise(sizes), strict=True)]
    net = [p.repeat(len(RATES), 1, 1) for p in net + [torch.zeros(1, m) for m in sizes[1:]]]
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in net]
    losses = torch.empty(steps, len(RATES))
    for step, batch in enumerate(torch.randint(len(train[0]), (steps, 64))):
        net = [p.detach().requires_grad_() for p in net]
        scores = forward(condition, arm, net, train[0][batch])  # (rate, image, class)
        target = train[1][batch].repeat(len(RATES))
        loss = F.cross_entropy(scores.flatten(0, 1), target, reduction="none").view(len(RATES), -1).mean(1)
        gradients = torch.autograd.grad(loss.sum(), net)
        losses[step] = loss.detach()
        moments = [(0.9 * m + 0.1 * g, 0.99 * v + 0.01 * g**2) for (m, v), g in zip(moments, gradients, strict=True)]
        rates = RATES.view(-1, 1, 1) * (1 - 0.99 ** (step + 1)) ** 0.5 / (1 - 0.9 ** (step + 1))
        net = [p.detach() - rates * m / (v.sqrt() + 1e-8) for p, (m, v) in zip(net, moments, strict=True)]
    return net, losses


def forward(condition, arm, net, x):
    """Scores by (rate, image, class); batch norm, if any, uses the images that are passed together."""
    h, depth = x, len(net) // 2
    for weight, bias in zip(net[: depth - 1], net[depth:-1], strict=True):
        z = h @ weight
        if condition == "deep, batch norm":
            z = (z - z.mean(1, keepdim=True)) / (z.var(1, unbiased=False, keepdim=True) + 1e-5).sqrt()
        h = torch.relu(z + bias) if arm == "relu" else torch.sigmoid(z + bias)
    return h @ net[depth - 1] + net[-1]
