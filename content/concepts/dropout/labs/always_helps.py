"""Does dropout always help?

A network with two hidden layers learns to read digits, without dropout and with the customary rate of one half. This is
done where it should help, with few images of which some have wrong labels; where there are plenty of images; and where
the network is so narrow that it has nothing to give away. The arms of one condition start from the same weights, see
the same batches for the same number of steps, and are trained side by side.

What would change the outcome: a rate tuned on a validation set (which may choose none), few images with right labels,
or many more steps, which bring part of dropout's loss back: nothing is tuned here, and one learning rate serves both
arms. With 8 units a rate of one half leaves four on average; a lower rate costs less.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "none": "no dropout",
    "dropout": "half of the hidden units dropped (unless changed)",
}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "gap": {"says": "training minus test accuracy, dropout off", "unit": "points", "better": "lower"},
}
AXIS = "training set and width"
CONDITIONS = ["150 images, some mislabelled", "1200 images", "1200 images, 8 units"]
PARAMETERS = {
    "rate": {"says": "share of hidden units dropped", "default": 0.5, "low": 0.1, "high": 0.8},
    "wrong": {"says": "wrong labels among the 150", "unit": "%", "default": 20, "low": 0, "high": 40},
    "steps": {"says": "training steps", "default": 300, "low": 100, "high": 1000},
}
CLAIMS = {
    "always-helps": {
        "says": "Dropout always helps: test accuracy rises by half a point or more.",
        "test": "accuracy: dropout > none + 0.5",
    },
    "narrows-gap": {
        "says": "In a wide network dropout narrows the gap between training and test accuracy by a point or more.",
        "test": "gap: dropout < none - 1",
        "conditions": ["150 images, some mislabelled", "1200 images"],
    },
    "helps-against-noise": {
        "says": "With few images, some of them mislabelled, dropout gains at least 3 points in a wide network.",
        "test": "accuracy: dropout > none + 3",
        "conditions": ["150 images, some mislabelled"],
    },
    "hurts-narrow-network": {
        "says": "With only 8 units in a layer, dropout of one half costs at least two points of test accuracy.",
        "test": "accuracy: dropout < none - 2",
        "conditions": ["1200 images, 8 units"],
    },
}
SOURCES = ["srivastava-2014", "gbc-2016"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)


def measure(seed, rate, wrong, steps):
    """Train the arms of each condition on one split."""
    values = {}
    for condition in CONDITIONS:
        x, y, x_test, y_test, units = setting(seed, condition, wrong)
        weights = trained(seed, x, y, units, rate, steps)
        train, test = (accuracy(weights, *part) for part in ((x, y), (x_test, y_test)))
        values[condition] = {arm: {"accuracy": test[i], "gap": train[i] - test[i]} for i, arm in enumerate(ARMS)}
    return values


def illustrate(seed, rate, wrong, steps):
    """Training and test accuracy by rate, with few and with many images."""
    rates = [0.0, 0.2, 0.4, 0.6, 0.8]
    shown = []
    for condition in CONDITIONS:
        x, y, x_test, y_test, units = setting(seed, condition, wrong)
        weights = trained(seed, x, y, units, rate, steps, rates)
        lines = {"training": accuracy(weights, x, y), "test": accuracy(weights, x_test, y_test)}
        curve = {"kind": "curves", "title": f"Accuracy by rate, {condition}", "y_label": "accuracy (%)"}
        shown.append(curve | {"x_label": "share dropped", "x": rates, "lines": lines})
    return shown


def trained(seed, x, y, units, rate, steps, rates=None):
    """Weights after training, one network for each rate on the leading axis."""
    torch.manual_seed(seed)
    rates = torch.tensor(rates or [0.0, rate])[:, None, None]
    sizes = (64, units, units, 10)
    weights = []
    for fan_in, fan_out in zip(sizes, sizes[1:], strict=False):  # noqa: RUF007
        weights += [torch.randn(1, fan_in, fan_out) * (2 / fan_in) ** 0.5, torch.zeros(1, 1, fan_out)]
    weights = [w.repeat(len(rates), 1, 1).requires_grad_() for w in weights]
    optimizer = torch.optim.Adam(weights, lr=3e-3, fused=True)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0, steps)
    for _ in range(steps):
        batch = torch.randint(len(x), (50,))
        logits = network(weights, x[batch], rates)
        loss = F.cross_entropy(logits.flatten(0, 1), y[batch].repeat(len(logits)), reduction="sum") / len(batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
    return [w.detach() for w in weights]


def network(weights, x, rates=None):
    """Logits (rate, example, class); without rates nothing is dropped."""
    w1, b1, w2, b2, w3, b3 = weights
    h = drop(torch.relu(x @ w1 + b1), rates)
    h = drop(torch.relu(torch.baddbmm(b2, h, w2)), rates)
    return torch.baddbmm(b3, h, w3)


def drop(h, rates):
    """Inverted dropout: what is kept is scaled up, so that nothing has to change at test time."""
    return h if rates is None else h * (torch.rand_like(h) >= rates) / (1 - rates)


def accuracy(weights, x, y):
    """Percentage right, by rate."""
    return (100 * (network(weights, x).argmax(2) == y).float().mean(1)).tolist()


def setting(seed, condition, wrong):
    """Training images of a condition, 500 test images and the width; some of the 150 get another label."""
    rng = np.random.default_rng(seed)
    order, images = rng.permutation(len(IMAGES)), int(condition.split()[0])
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    flipped = round(images * wrong / 100) if "mislabelled" in condition else 0
    y[:flipped] = (y[:flipped] + torch.tensor(rng.integers(1, 10, flipped))) % 10
    return x[:images], y[:images], x[-500:], y[-500:], 8 if "8 units" in condition else 128
