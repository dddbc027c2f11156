"""Do large batches overfit?

A network learns to read digits with batches of 16 and with large batches, for few and for many epochs. The rate of
the small batch is the best of four by validation. The large batch gets the same rate; or a rate scaled up with the
batch and warmed up over the first fifth of training (the linear scaling rule); or the best of four rates of its own.
All see the same number of images, so that the large batch makes fewer updates. Overfitting would show as a low
training loss beside a poor test accuracy, and as a wider gap between training and test accuracy.

What would change the outcome: as many updates instead of as many epochs; a rate so high that scaling it diverges; batch
normalisation, whose noise depends on the batch; sets and networks a thousand times as large.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "small": "batches of 16, best of four rates",
    "large": "large batches, the same rate",
    "scaled": "large batches, rate scaled with the batch and warmed up",
    "tuned": "large batches, best of four rates of their own, warmed up",
}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "gap": {"says": "accuracy on training images less that on test images", "unit": "points", "better": "lower"},
    "loss": {"says": "cross-entropy of training images", "unit": "nats", "better": "lower", "log": True},
}
CONDITIONS = ["5 epochs", "40 epochs"]
AXIS = "passes over the training set"
PARAMETERS = {
    "batch": {"says": "images in a large batch", "default": 128, "low": 32, "high": 512},
    "width": {"says": "hidden units", "default": 32, "low": 8, "high": 128},
}
CLAIMS = {
    "large-batches-overfit": {
        "says": "Large batches overfit: the gap between training and test accuracy is at least 1 point wider.",
        "test": "gap: large > small + 1",
    },
    "large-batches-underfit": {
        "says": "At the same rate and epochs, large batches end with at least twice the training loss: they underfit.",
        "test": "loss: large > small * 2",
    },
    "large-batches-generalise-worse": {
        "says": "Large batches generalise worse: even at rates of their own they cost at least 1 point.",
        "test": "accuracy: tuned < small - 1",
    },
    "scaling-closes-the-gap": {
        "says": "With the rate scaled and warmed up, large batches are as accurate as small ones, within 1 point.",
        "test": "accuracy: scaled == small +- 1",
    },
}
SOURCES = ["goyal-2017", "hoffer-2017", "keskar-2017", "shallue-2019"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES / 16 - 0.3
SMALL, SIZE, RATES = 16, 512, (0.01, 0.03, 0.1, 0.3)


def measure(seed, batch, width):
    """Train every arm on 512 images, choose rates on 300 others, test on the rest."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order], dtype=torch.float32), torch.tensor(LABELS[order])
    times = batch / SMALL
    found = {}
    for condition in CONDITIONS:
        epochs = int(condition.split()[0])
        rate, net = fit(x, y, RATES, SMALL, epochs, False, int(width), seed)
        settings = {
            "large": ([rate], False),
            "scaled": ([rate * times], True),
            "tuned": ([rate, rate * times**0.5, rate * times, rate * times**1.5], True),
        }
        nets = {"small": net}
        for arm, (rates, warm) in settings.items():
            nets[arm] = fit(x, y, rates, int(batch), epochs, warm, int(width), seed)[1]
        found[condition] = {arm: taken(net(x), y) for arm, net in nets.items()}
    return found


def taken(logits, y):
    """Test accuracy, gap and training loss of one network."""
    right = 100 * (logits.argmax(1) == y).float()
    train, test = right[:SIZE].mean().item(), right[SIZE + 300 :].mean().item()
    return {"accuracy": test, "gap": train - test, "loss": F.cross_entropy(logits[:SIZE], y[:SIZE]).item()}


def fit(x, y, rates, size, epochs, warm, width, seed):
    """SGD with momentum, one network per rate side by side. Gives the rate that validates best, and its network."""
    steps = max(1, epochs * SIZE // size)
    warm_up = steps // 5 if warm else 0
    torch.manual_seed(seed)
    root = torch.tensor(rates).sqrt().reshape(-1, 1, 1)
    w1, w2 = torch.randn(64, width) * (2 / 64) ** 0.5, torch.randn(width, 10) * (1 / width) ** 0.5
    # Where weight = sqrt(rate) * raw, a gradient step of size 1 on raw is one of size rate on the weight.
    raw = [(value / root).requires_grad_() for value in (w1, torch.zeros(1, width), w2, torch.zeros(1, 10))]
    optimizer = torch.optim.SGD(raw, lr=1.0, momentum=0.9, fused=True)

    def net(images):
        w1, b1, w2, b2 = (root * value for value in raw)
        return torch.baddbmm(b2, (images @ w1 + b1).relu(), w2)  # (rate, image, class)

    batches = []
    for step in range(steps):
        batches = batches or list(torch.randperm(SIZE).split(size))  # a new epoch
        batch = batches.pop()
        optimizer.param_groups[0]["lr"] = min(1.0, (step + 1) / (warm_up + 1))
        loss = len(rates) * F.cross_entropy(net(x[batch]).flatten(0, 1), y[batch].repeat(len(rates)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        right = (net(x[SIZE : SIZE + 300]).argmax(2) == y[SIZE : SIZE + 300]).float().mean(1)
        weights = [root * value for value in raw]
    best = right.argmax().item()
    w1, b1, w2, b2 = (value[best] for value in weights)
    return rates[best], lambda images: (images @ w1 + b1).relu() @ w2 + b2
