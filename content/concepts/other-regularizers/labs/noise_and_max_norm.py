"""Do noise, max-norm and label smoothing help on a small data set?

A network with one hidden layer learns from 150 digits, with right labels or with a fifth of them wrong. It is left
alone, gets noise added to its inputs, has the incoming weights of each hidden unit held below a length, or is given
smoothed labels. Each remedy is tried in three strengths, side by side and from the same weights, and judged at the
strength that is best on a validation set.

What would change the outcome: the share of wrong labels. Where a network generalises about as well as the data allow,
there is nothing left to gain. Three strengths are a coarse grid, the learning rate is one for all, and the validation
labels are right, so which remedy helps most may change with the strengths tried.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "none": "left alone",
    "noise": "noise added to the inputs of each batch",
    "max-norm": "weights into each hidden unit scaled back to a length",
    "smoothing": "label smoothing",
}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "train": {"says": "accuracy on the training set, with its labels as given", "unit": "%"},
}
AXIS = "training labels"
CONDITIONS = ["right labels", "wrong labels mixed in"]
PARAMETERS = {
    "wrong": {"says": "wrong labels, where mixed in", "unit": "%", "default": 20, "low": 0, "high": 50},
    "images": {"says": "training images", "default": 150, "low": 50, "high": 600},
    "steps": {"says": "training steps of 50 images", "default": 250, "low": 100, "high": 600},
}
CLAIMS = {
    "noise-helps": {
        "says": "Noise on the inputs raises test accuracy by at least a point.",
        "test": "accuracy: noise > none + 1",
    },
    "max-norm-helps": {
        "says": "A max-norm constraint raises test accuracy by at least a point.",
        "test": "accuracy: max-norm > none + 1",
    },
    "smoothing-helps": {
        "says": "Label smoothing raises test accuracy by at least a point.",
        "test": "accuracy: smoothing > none + 1",
    },
    "noise-against-wrong-labels": {
        "says": "With some labels wrong, input noise at its best strength gains at least 3 points of test accuracy.",
        "test": "accuracy: noise > none + 3",
        "conditions": ["wrong labels mixed in"],
    },
}
SOURCES = ["gbc-2016-noise", "srivastava-2014-max-norm", "szegedy-2016"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
# One network each: spread of the noise, greatest length, share of the label that is spread over all classes.
NOISE = torch.tensor([0, 0.1, 0.3, 0.6, 0, 0, 0, 0, 0, 0])[:, None, None]
LENGTH = torch.tensor([9e9, 9e9, 9e9, 9e9, 0.5, 1, 2, 9e9, 9e9, 9e9])[:, None, None]
SMOOTHING = torch.tensor([0, 0, 0, 0, 0, 0, 0, 0.05, 0.15, 0.4])[:, None, None]
NETWORKS = {"none": [0], "noise": [1, 2, 3], "max-norm": [4, 5, 6], "smoothing": [7, 8, 9]}
HIDDEN = 64


def measure(seed, wrong, images, steps):
    """Train all networks in both conditions; each arm takes its best on the validation set."""
    values = {}
    for condition in CONDITIONS:
        x, y = digits(seed, images, wrong if condition == "wrong labels mixed in" else 0)
        weights = trained(seed, x[:images], y[:images], steps)
        right = 100 * (network(weights, x).argmax(2) == y).float()  # (network, image)
        train, validation, test = (part.mean(1) for part in (right[:, :images], right[:, 600:900], right[:, 900:]))
        values[condition] = {}
        for arm, candidates in NETWORKS.items():
            best = candidates[validation[candidates].argmax()]
            values[condition][arm] = {"accuracy": test[best], "train": train[best]}
    return values


def trained(seed, x, y, steps):
    """The parameters after training, one network for each strength on the leading axis."""
    torch.manual_seed(seed)
    start = (torch.randn(64, HIDDEN) / 32**0.5, torch.zeros(1, HIDDEN), torch.zeros(HIDDEN, 10), torch.zeros(1, 10))
    w1, b1, w2, b2 = weights = [w.repeat(len(NOISE), 1, 1).requires_grad_() for w in start]  # noqa: RUF059
    optimizer = torch.optim.Adam(weights, lr=5e-3, fused=True)
    targets = F.one_hot(y, 10) * (1 - SMOOTHING) + SMOOTHING / 10  # (network, image, class)
    for _ in range(steps):
        batch = torch.randint(len(x), (50,))
        inputs = x[batch] + NOISE * torch.randn(50, 64)
        loss = -(targets[:, batch] * network(weights, inputs).log_softmax(2)).sum() / 50
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            w1 *= (LENGTH / w1.norm(dim=1, keepdim=True)).clamp(max=1)  # one length for each hidden unit
    return [w.detach() for w in weights]


def network(weights, x):
    """Logits (network, image, class) of one hidden layer."""
    w1, b1, w2, b2 = weights
    return torch.relu(x @ w1 + b1) @ w2 + b2


def digits(seed, images, wrong):
    """Digits in a new order; some of the training labels are replaced by other ones."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    flipped = round(images * wrong / 100)
    y[:flipped] = (y[:flipped] + torch.tensor(rng.integers(1, 10, flipped))) % 10
    return x, y


def illustrate(seed, wrong, images, steps):
    """Test accuracy of every strength."""
    lines = ["labels                  none   noise .1/.3/.6       max-norm .5/1/2      smoothing .05/.15/.4"]
    for condition in CONDITIONS:
        x, y = digits(seed, images, wrong if condition == "wrong labels mixed in" else 0)
        right = (network(trained(seed, x[:images], y[:images], steps), x[900:]).argmax(2) == y[900:]).float()
        parts = ("  ".join(f"{100 * right[i].mean():.1f}" for i in members) for members in NETWORKS.values())
        lines.append(f"{condition:<22}  " + "   ".join(f"{part}" for part in parts))
    return [{"kind": "text", "title": "Test accuracy (%) by strength", "text": "\n".join(lines)}]
