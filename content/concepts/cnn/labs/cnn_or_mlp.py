"""Does a CNN beat a fully connected network, and what does its advantage rest on?

A CNN and an MLP with equally many weights learn to read digits: from few images, from many, and from many images whose
digits have been shifted at random (what leaves at one side comes in at the other). A third network is the same CNN, but
one fixed permutation has rearranged the pixels of all images. No information is lost by that, only neighbours are no
longer neighbours, and to an MLP the order of its inputs makes no difference. Every network takes the better of two
learning rates on validation images.

What would change the outcome: the shift decides most. A CNN shares its weights over positions and reads a digit that it
knows at another place; an MLP has to learn every place anew. Where digits are centred and scaled, that is worth little.
A much wider MLP, or far more images, would help the MLP. Training is short, 120 steps: on shifted digits both are still
learning, and what is compared is how far they have come. And where both read nearly all digits, as on a thousand
centred ones, there is little room for 2 points.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "cnn": "two convolutions with pooling",
    "mlp": "one hidden layer, as many weights",
    "cnn-shuffled": "the CNN on images with shuffled pixels",
}
MEASURES = {"accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"}}
CONDITIONS = ["100 centred", "1000 centred", "1000 shifted"]
AXIS = "training images"
PARAMETERS = {
    "shift": {
        "says": "how far shifted digits are shifted, at most",
        "unit": "pixels",
        "default": 2,
        "low": 0,
        "high": 4,
    },
    "channels": {"says": "channels of the first convolution (the MLP follows)", "default": 6, "low": 2, "high": 16},
    "steps": {"says": "steps of Adam with 32 images each", "default": 120, "low": 20, "high": 600},
}
CLAIMS = {
    "cnn-better": {
        "says": "A CNN reads digits better than a fully connected network with as many weights, by 2 points or more.",
        "test": "accuracy: cnn > mlp + 2",
    },
    "order-matters": {
        "says": "Shuffling the pixels costs the CNN at least 2 points: it relies on neighbours being neighbours.",
        "test": "accuracy: cnn > cnn-shuffled + 2",
    },
    "shuffled-no-better": {
        "says": "On shuffled pixels the CNN reads worse than the MLP: its advantage is an assumption about images.",
        "test": "accuracy: cnn-shuffled < mlp",
    },
}
SOURCES = ["goodfellow-2016-convnets", "lin-2015-without-convolution", "malach-2021"]
BUDGET_S = 25

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES.reshape(-1, 8, 8) / 16
RATES = (2e-3, 8e-3)


def measure(seed, shift, channels, steps):
    """Accuracy of the three, for each set of training images."""
    return {
        condition: {arm: {"accuracy": trained(seed, condition, arm, shift, channels, steps)[0]} for arm in ARMS}
        for condition in CONDITIONS
    }


def illustrate(seed, shift, channels, steps):
    """What the first convolution learned, with neighbours in place and shuffled."""
    shown = []
    for arm in ("cnn", "cnn-shuffled"):
        filters = trained(seed, "1000 shifted", arm, shift, channels, steps)[1][1].weight.detach()[
            :4
        ]  # (filter, 1, 3, 3)
        values = torch.cat([*filters[:, 0]], dim=1).tolist()  # side by side: (3, 3 * filters)
        title, columns = f"First filters, side by side: {ARMS[arm]}", [f"{n // 3 + 1}" for n in range(3 * len(filters))]
        shown.append({"kind": "matrix", "title": title, "column_label": "filter", "columns": columns, "values": values})
    return shown


def trained(seed, condition, arm, shift, channels, steps):
    """Test accuracy at the learning rate that is best on validation images, and that network."""
    random = np.random.default_rng(seed)
    order, shuffle = random.permutation(len(IMAGES)), random.permutation(64)
    x, y, size = IMAGES[order], torch.tensor(LABELS[order]), int(condition.split()[0])
    if condition.endswith("shifted"):  # what leaves the image at one side comes in at the other
        steps_aside = random.integers(-shift, shift + 1, (len(x), 2))
        x = np.stack([np.roll(image, by, axis=(0, 1)) for image, by in zip(x, steps_aside, strict=True)])
    x = torch.tensor(x, dtype=torch.float32).flatten(1)  # (image, 64)
    x = x[:, shuffle] if arm == "cnn-shuffled" else x
    best = (-1.0, None, None)
    for rate in RATES:
        torch.manual_seed(seed)
        net = network(arm, channels)
        fit(net, x[:size], y[:size], rate, steps)
        best = max(best, (accuracy(net, x[1000:1300], y[1000:1300]), rate, net), key=lambda tried: tried[0])
    return accuracy(best[2], x[1300:], y[1300:]), best[2]


def network(arm, channels):
    """From 64 pixels to ten classes. The MLP has as many weights as the CNN, give or take one hidden unit."""
    wide = 2 * channels
    weights = (9 * channels + channels) + (9 * channels * wide + wide) + (4 * 4 * wide * 10 + 10)
    if arm == "mlp":
        hidden = round((weights - 10) / (64 + 1 + 10))
        return nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Linear(hidden, 10))
    return nn.Sequential(
        nn.Unflatten(1, (1, 8, 8)),
        nn.Conv2d(1, channels, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(channels, wide, 3, padding=1), nn.ReLU(),
        nn.Flatten(), nn.Linear(4 * 4 * wide, 10),
    )  # fmt: skip


def fit(net, x, y, rate, steps):
    optimizer = torch.optim.Adam(net.parameters(), lr=rate, fused=True)
    for _ in range(steps):
        batch = torch.randint(len(x), (32,))
        loss = F.cross_entropy(net(x[batch]), y[batch])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def accuracy(net, x, y):
    with torch.no_grad():
        return 100 * (net(x).argmax(1) == y).float().mean().item()
