"""Does deep learning always beat classical methods?

A multilayer perceptron, a support vector machine and a random forest learn from the same few or many examples: tumours
described by thirty measurements, 8x8 images of digits, and a made table of ten columns whose class follows three
threshold rules (and is wrong for one row in ten), which suits trees by construction: they split at thresholds. The MLP
and the SVM choose their settings on the same validation examples, the MLP among most, and the forest has none to
choose. The arm "classical" is whichever of the two classical methods did better there.

What would change the outcome: larger images and a convolutional network, text or sound, where features are learned from
raw signals; pretrained networks; boosted trees; tables with a smooth target or with rotated columns, which suit trees
less.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_breast_cancer, load_digits
from sklearn.ensemble import RandomForestClassifier
from sklearn.svm import SVC
from torch.nn import functional as F

ARMS = {
    "mlp": "two hidden layers; rate, weight decay and stopping time chosen by validation",
    "svm": "RBF kernel, cost chosen by validation",
    "trees": "random forest of 60 trees",
    "classical": "the better of svm and trees by validation",
}
MEASURES = {"accuracy": {"says": "accuracy on test examples", "unit": "%", "better": "higher"}}
CONDITIONS = ["tumours, 250", "digits, 50", "digits, 1000", "rules, 1000"]
AXIS = "data set and training examples"
PARAMETERS = {
    "width": {"says": "hidden units per layer of the MLP", "default": 64, "low": 8, "high": 128},
    "steps": {"says": "steps of Adam", "default": 200, "low": 50, "high": 500},
}
CLAIMS = {
    "deep-always-wins": {
        "says": "Deep learning always beats classical methods: the MLP is at least 1 point more accurate.",
        "test": "accuracy: mlp > classical + 1",
    },
    "trees-win-on-rules": {
        "says": "On a table of threshold rules and 1000 rows, a random forest beats the MLP by at least 1 point.",
        "test": "accuracy: trees > mlp + 1",
        "conditions": ["rules, 1000"],
    },
    "mlp-beats-trees-on-images": {
        "says": "On 1000 small images the MLP beats the random forest by at least 1 point.",
        "test": "accuracy: mlp > trees + 1",
        "conditions": ["digits, 1000"],
    },
    "svm-level-on-images": {
        "says": "On small images an SVM on the pixels does as well as the MLP, within 1.5 points.",
        "test": "accuracy: svm == mlp +- 1.5",
        "conditions": ["digits, 50", "digits, 1000"],
    },
}
SOURCES = ["grinsztajn-2022", "lecun-2015"]
BUDGET_S = 20

SETTINGS = ((3e-3, 0), (3e-3, 5e-3), (1e-2, 5e-3))  # rate and weight decay of the MLP
COSTS, BATCH_SIZE = (0.3, 1, 3, 10), 64


def measure(seed, width, steps):
    """Test accuracy of each method on each set, by the number of training examples."""
    return {condition: compare(seed, *condition.split(", "), width, steps) for condition in CONDITIONS}


def compare(seed, name, size, width, steps):
    """Fit the three methods to `size` examples of one set; 150 others validate and the rest test."""
    rng = np.random.default_rng(seed)
    x, y = data(name, rng)
    order, size = rng.permutation(len(x)), int(size)
    train, valid, test = order[:size], order[size : size + 150], order[size + 150 :][:1500]
    mean, spread = x[train].mean(axis=0), x[train].std(axis=0) + (1 if name == "digits" else 1e-9)
    x = (x - mean) / spread
    models = {
        "svm": [SVC(C=cost).fit(x[train], y[train]) for cost in COSTS],
        "trees": [RandomForestClassifier(60, random_state=seed).fit(x[train], y[train])],
    }
    found = {}
    for arm in models:
        best = max(models[arm], key=lambda model: model.score(x[valid], y[valid]))
        found[arm] = [100 * best.score(x[rows], y[rows]) for rows in (valid, test)]
    torch.manual_seed(seed)
    found["mlp"] = fit_mlp(x, y, train, valid, test, width, steps)
    found["classical"] = max(found["svm"], found["trees"], key=lambda pair: pair[0])
    return {arm: {"accuracy": accuracy} for arm, (_, accuracy) in found.items()}


def data(name, rng):
    """Rows and classes of one set."""
    if name == "tumours":
        return load_breast_cancer(return_X_y=True)
    if name == "digits":
        return load_digits(return_X_y=True)
    x = rng.normal(size=(3000, 10))
    y = ((x[:, 0] > 0) & (x[:, 1] > -0.5)) ^ (x[:, 2] > 0.8)
    return x, (y ^ (rng.random(3000) < 0.1)).astype(int)


def fit_mlp(x, y, train, valid, test, width, steps):
    """Accuracy on validation and test of the MLP: one net per setting, side by side, its best moment."""
    x, y = torch.tensor(x, dtype=torch.float32), torch.tensor(y)
    train, valid, test = (torch.from_numpy(rows) for rows in (train, valid, test))
    rate, decay = torch.tensor(SETTINGS).T.reshape(2, -1, 1, 1)
    sizes = [x.shape[1], width, width, int(y.max()) + 1]
    # Adam's steps do not depend on the scale of a gradient: where weight = rate * raw, Adam at 1 is Adam at each rate.
    raw = []
    for n_in, n_out in pairwise(sizes):
        start = torch.randn(n_in, n_out) * (2 / n_in) ** 0.5, torch.zeros(1, n_out)
        raw += [(value / rate).requires_grad_() for value in start]  # (setting, n_in, n_out)
    optimizer = torch.optim.Adam(raw, lr=1.0, fused=True)

    def logits(rows):
        w1, b1, w2, b2, w3, b3 = (rate * value for value in raw)
        h = torch.baddbmm(b1, x[rows].expand(len(rate), -1, -1), w1).relu()
        return torch.baddbmm(b3, torch.baddbmm(b2, h, w2).relu(), w3)  # (setting, row, class)

    def accuracy(rows):
        with torch.no_grad():
            return 100 * (logits(rows).argmax(2) == y[rows]).float().mean(1)

    best = [-1.0, 0.0]
    for step in range(1, steps + 1):
        batch = train[torch.randint(len(train), (BATCH_SIZE,))]
        loss = len(rate) * F.cross_entropy(logits(batch).flatten(0, 1), y[batch].repeat(len(rate)))
        loss = loss + sum((decay / 2 * (rate * value) ** 2).sum() for value in raw)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if step % 25 == 0 and (now := accuracy(valid)).max() > best[0]:
            best = [now.max().item(), accuracy(test)[now.argmax()].item()]
    return best
