"""Does max pooling make a CNN translation invariant?

Two small CNNs learn to read centred handwritten digits. They differ in one thing: one halves its maps by max pooling,
the other by strides. A third has pooling and saw shifted digits in training. Then every test image is shifted to the
left or right, and we ask how often the predicted class survives. An invariant network would answer "always". The digits
are padded with paper, so nothing is lost at the edges.

What would change the outcome: a shift smaller than one pooling window, averaging over the whole map before the last
layer, or blurring before pooling (Zhang 2019).
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "pooling": "max pooling after each convolution",
    "strides": "the same network, halved by strides",
    "augmented": "max pooling, trained on shifted digits",
}
MEASURES = {
    "unchanged": {"says": "predictions that survive the shift", "unit": "%", "better": "higher"},
    "accuracy": {"says": "accuracy on centred test digits", "unit": "%", "better": "higher"},
}
PARAMETERS = {
    "shift": {"says": "how far test images are shifted", "unit": "pixels", "default": 2, "low": 1, "high": 4},
    "epochs": {"says": "passes over the training set", "default": 12, "low": 2, "high": 40},
}
CLAIMS = {
    "pooling-invariant": {
        "says": "Max pooling makes a CNN translation invariant: at least 95 % of predictions survive the shift.",
        "test": "unchanged: pooling > 95",
        "check": "accuracy: pooling > 90",
    },
    "pooling-helps": {
        "says": "Max pooling lets more predictions survive the shift than strides do, by 2 points or more.",
        "test": "unchanged: pooling > strides + 2",
    },
    "augmentation-beats-pooling": {
        "says": "Trained on shifted images, the pooling network keeps at least 10 points more of its predictions.",
        "test": "unchanged: augmented > pooling + 10",
    },
}
SOURCES = ["zhang-2019", "azulay-weiss-2019"]
BUDGET_S = 25

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = np.pad(IMAGES.reshape(-1, 1, 8, 8) / 16, ((0, 0), (0, 0), (4, 4), (4, 4)))  # (image, 1, 16, 16)


def measure(seed, shift, epochs):
    """Train the three networks on one split and shift its test images."""
    nets, x_test, y_test = trained(seed, epochs)
    return {
        arm: {
            "unchanged": (survivors(net, x_test, -shift) + survivors(net, x_test, shift)) / 2,
            "accuracy": 100 * (net(x_test).argmax(1) == y_test).float().mean(),
        }
        for arm, net in nets.items()
    }


def illustrate(seed, shift, epochs):
    """The whole curve, for one seed."""
    nets, x_test, _ = trained(seed, epochs)
    shifts = list(range(-4, 5))
    lines = {arm: [survivors(net, x_test, step) for step in shifts] for arm, net in nets.items()}
    title, x_label, y_label = "Predictions that survive, by shift", "shift (pixels)", "predictions that survive (%)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": shifts, "lines": lines}]


def survivors(net, x, step):
    """Percentage of images whose predicted class is the same after a shift by `step` pixels."""
    with torch.no_grad():
        return 100 * (net(x).argmax(1) == net(x.roll(step, dims=3)).argmax(1)).float().mean().item()


def trained(seed, epochs):
    """The network of each arm after training on one split, and the test images with their labels."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    nets = {}
    for arm in ARMS:
        torch.manual_seed(seed)
        nets[arm] = cnn("strides" if arm == "strides" else "pooling")
        fit(nets[arm], x[:1200], y[:1200], epochs, reach=4 if arm == "augmented" else 0)
    return nets, x[1200:], y[1200:]


def cnn(halve):
    """16x16 images to ten classes, by two convolutions and two halvings."""
    stride = 2 if halve == "strides" else 1
    pool = nn.MaxPool2d(2) if halve == "pooling" else nn.Identity()
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, stride, padding=1), nn.ReLU(), pool,
        nn.Conv2d(8, 16, 3, stride, padding=1), nn.ReLU(), pool,
        nn.Flatten(), nn.Linear(16 * 4 * 4, 10),
    )  # fmt: skip


def fit(net, x, y, epochs, reach):
    """Adam; each batch is shifted by up to `reach` pixels."""
    optimizer = torch.optim.Adam(net.parameters(), lr=3e-3, fused=True)
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(64):
            step = int(torch.randint(-reach, reach + 1, ()))
            loss = F.cross_entropy(net(x[batch].roll(step, dims=3)), y[batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
