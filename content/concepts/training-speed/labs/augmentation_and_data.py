"""Does data augmentation speed training up, and does a large data set cause overfitting?

A small network learns to read handwritten digits from 100 images, from the same 100 images that are shifted anew in
every batch, and from 1,000 images. All arms take the same number of steps with batches of the same size, with a
learning rate tuned on a validation set. We count the steps until the network has 95 % of its (unshifted) training
images right, and compare the accuracy on training and on test images at the end. The test images are centred like the
training images, or shifted in the way of the augmentation.

What would change the outcome: an augmentation that does not fit the task (flipped digits), a large data set that
contains fewer different images than it seems, or many more steps.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "small": "100 images",
    "augmented": "100 images, shifted at random in every batch",
    "large": "1,000 images",
}
MEASURES = {
    "steps": {"says": "steps to 95 % on training images", "unit": "steps", "log": True, "better": "lower"},
    "accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"},
    "gap": {"says": "accuracy on training images - on test images", "unit": "points", "better": "lower"},
}
CONDITIONS = ["centred", "shifted"]
AXIS = "test images"
PARAMETERS = {
    "steps": {"says": "mini-batch steps", "default": 300, "low": 50, "high": 800},
    "shift": {"says": "greatest shift of the augmentation", "unit": "pixels", "default": 1, "low": 0, "high": 2},
}
CLAIMS = {
    "augmentation-faster": {
        "says": "Data augmentation speeds training up: without it at least a tenth more steps are needed.",
        "test": "steps: augmented < small / 1.1",
    },
    "augmentation-generalises": {
        "says": "Data augmentation buys test accuracy: at least 1 point.",
        "test": "accuracy: augmented > small + 1",
    },
    "large-overfits": {
        "says": "Large data sets cause overfitting: with ten times the images the gap between training and test grows "
        "by at least 1 point.",
        "test": "gap: large > small + 1",
        "conditions": ["centred"],
    },
    "large-helps": {
        "says": "Ten times the images reduce the gap between training and test accuracy by at least 5 points.",
        "test": "gap: large < small - 5",
        "conditions": ["centred"],
    },
}
SOURCES = ["shorten-2019"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.tensor([0.001, 0.003, 0.01])


def measure(seed, steps, shift):
    """Train every arm at all rates; judge it at the one that validates best."""
    arms = {arm: judged(seed, arm, steps, shift)[0] for arm in ARMS}
    return {condition: {arm: taken[condition] for arm, taken in arms.items()} for condition in CONDITIONS}


def illustrate(seed, steps, shift):
    """Accuracy on the training images by step, for one seed."""
    lines = {arm: judged(seed, arm, steps, shift)[1] for arm in ARMS}
    figure = {"kind": "curves", "title": "Accuracy on the (unchanged) training images", "x_label": "step"}
    return [figure | {"y_label": "accuracy (%)", "x": list(range(5, steps + 1, 5)), "lines": lines}]


def judged(seed, arm, steps, shift):
    """The measures of an arm, and its training accuracy at every fifth step."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    seen = 1000 if arm == "large" else 100
    torch.manual_seed(seed)
    sizes = [(64, 64), (64, 10)]
    net = [torch.randn(n, m) * (2 / n) ** 0.5 for n, m in sizes] + [torch.zeros(1, m) for _, m in sizes]
    net = [p.repeat(len(RATES), 1, 1).requires_grad_() for p in net]  # (rate, inputs or 1, outputs)
    moments = [(torch.zeros_like(p), torch.zeros_like(p)) for p in net]
    curve = []
    for step in range(1, steps + 1):
        batch = torch.randint(seen, (50,))
        images = shifted(x[batch], shift) if arm == "augmented" else x[batch]
        scores = forward(net, images)
        loss = F.cross_entropy(scores.flatten(0, 1), y[batch].repeat(len(RATES)), reduction="sum") / len(batch)
        gradients = torch.autograd.grad(loss, net)
        with torch.no_grad():  # Adam
            for p, g, (m, v) in zip(net, gradients, moments, strict=True):
                m.lerp_(g, 0.1)
                v.lerp_(g**2, 0.01)
                p -= RATES.view(-1, 1, 1) * (m / (1 - 0.9**step)) / ((v / (1 - 0.99**step)).sqrt() + 1e-8)
            if step % 5 == 0:
                curve.append(100 * (forward(net, x[:seen]).argmax(2) == y[:seen]).float().mean(1))
    with torch.no_grad():
        right = 100 * (forward(net, x).argmax(2) == y).float()  # (rate, image)
        moved = 100 * (forward(net, shifted(x, shift)).argmax(2) == y).float()
    curve, result = torch.stack(curve), {}
    for condition, tested in (("centred", right), ("shifted", moved)):
        best = tested[:, 1000:1200].mean(1).argmax()
        enough, test = curve[:, best] >= 95, tested[best, 1200:].mean()
        reached = 5 * (int(enough.float().argmax()) + 1) if enough.any() else float("inf")
        result[condition] = {"steps": reached, "accuracy": test, "gap": right[best, :seen].mean() - test}
    return result, curve[:, best].tolist()


def shifted(x, shift):
    """Each image shifted at random by up to so many pixels in both directions."""
    images = F.pad(x.view(-1, 8, 8), (shift,) * 4)  # (image, 8 + 2 shift, 8 + 2 shift)
    down, right = torch.randint(2 * shift + 1, (2, len(x), 1, 1))
    rows, columns = torch.arange(8).view(1, 8, 1) + down, torch.arange(8).view(1, 1, 8) + right
    return images[torch.arange(len(x)).view(-1, 1, 1), rows, columns].flatten(1)


def forward(net, x):
    """Scores by (rate, image, class)."""
    return (x @ net[0] + net[2]).relu() @ net[1] + net[3]
