"""Can a fully connected network learn dependencies between pixels?

In ordinary images of digits single pixels already tell much: a linear classifier, which weighs each pixel on its own,
reads most of them. So we make every pixel black or white, and flip the contrast of every image with probability one
half (ink becomes paper, paper becomes ink). Now each pixel is black half of the time in every class: a pixel alone says
nothing at all, and only relations between pixels tell the digit. Greys would spoil this, because how grey a pixel is
survives the flip. A linear classifier and an MLP with one hidden layer learn from the same images and batches.

What would change the outcome: with a handful of hidden units the MLP is hardly better than a linear classifier. A CNN
would need fewer images, because its windows and shared weights are given and not learned.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {"mlp": "one hidden layer, fully connected", "linear": "no hidden layer"}
MEASURES = {"accuracy": {"says": "test accuracy, chance is 10 %", "unit": "%", "better": "higher"}}
CONDITIONS = ["100", "1000"]
AXIS = "training images"
PARAMETERS = {
    "flipped": {"says": "share of images with flipped contrast", "default": 0.5, "low": 0.0, "high": 1.0},
    "hidden": {"says": "hidden units", "default": 64, "low": 1, "high": 256},
    "steps": {"says": "steps of Adam with 32 images each", "default": 250, "low": 50, "high": 1000},
}
CLAIMS = {
    "mlp-cannot": {
        "says": "Fully connected networks cannot learn dependencies between pixels: where only these tell the class,"
        " an MLP stays within 10 points of a linear classifier.",
        "test": "accuracy: mlp == linear +- 10",
    },
    "mlp-reads": {
        "says": "From relations between pixels alone, an MLP learns to read more than 60 % of digits.",
        "test": "accuracy: mlp > 60",
    },
    "linear-lost": {
        "says": "A linear classifier reads fewer than half of the digits when only relations between pixels tell them.",
        "test": "accuracy: linear < 50",
    },
}
SOURCES = ["goodfellow-2016-convnets", "lin-2015-without-convolution"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = np.where(IMAGES >= 8, 1, -1)  # paper is -1 and ink is 1: to flip the contrast is to change the sign


def measure(seed, flipped, hidden, steps):
    """Test accuracy of both, for each number of training images."""
    x, y = flipped_images(seed, flipped)
    found = {}
    for size in CONDITIONS:
        nets = trained(seed, x[: int(size)], y[: int(size)], hidden, steps)
        found[size] = {
            arm: {"accuracy": 100 * (net(x[1000:]).argmax(1) == y[1000:]).float().mean()} for arm, net in nets.items()
        }
    return found


def illustrate(seed, flipped, hidden, steps):
    """Two images as the networks see them."""
    x, y = flipped_images(seed, flipped)
    digit = int(y[0])
    of_one_class = x[:1000][y[:1000] == digit]
    light, dark = of_one_class[of_one_class.sum(1).argmin()], of_one_class[of_one_class.sum(1).argmax()]
    both = torch.cat([light.reshape(8, 8), dark.reshape(8, 8)], dim=1)
    title = f"Two images of the digit {digit}, as the networks see them: the second has flipped contrast"
    return [{"kind": "matrix", "title": title, "values": both.tolist()}]


def flipped_images(seed, share):
    """All images in random order, a share of them with flipped contrast, and their labels."""
    random = np.random.default_rng(seed)
    order = random.permutation(len(IMAGES))
    signs = np.where(random.random((len(IMAGES), 1)) < share, -1, 1)
    return torch.tensor(IMAGES[order] * signs, dtype=torch.float32), torch.tensor(LABELS[order])


def trained(seed, x, y, hidden, steps):
    """Both classifiers after training on the same batches."""
    torch.manual_seed(seed)
    mlp = nn.Sequential(nn.Linear(64, hidden), nn.ReLU(), nn.Linear(hidden, 10))
    nets = {"mlp": mlp, "linear": nn.Linear(64, 10)}
    optimizer = torch.optim.Adam([p for net in nets.values() for p in net.parameters()], lr=5e-3, fused=True)
    for _ in range(steps):
        batch = torch.randint(len(x), (32,))
        loss = sum(F.cross_entropy(net(x[batch]), y[batch]) for net in nets.values())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return nets
