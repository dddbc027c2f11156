"""Does an autoencoder detect anomalies by its reconstruction error?

It is trained on normal images only, and an image that it reconstructs badly is taken for an anomaly. In the first
setting one digit is normal and the other nine are anomalies; in the second, nine are normal and one is the anomaly.
Each of the ten digits takes the special part once. Three scores without a neural network see the same data: the error
of PCA with as many components, the distance to the nearest normal image, and the distance to the mean of them.

The second setting has six times as many images to learn from and as many updates, so its autoencoders make fewer
passes over the data.

What would change the outcome: the size of the code, the number of updates, images with texture (where distances
between pixels mean little), or anomalies inside the training set. No score was tuned on labelled anomalies.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score
from sklearn.neighbors import NearestNeighbors

ARMS = {
    "autoencoder": "reconstruction error of an autoencoder with two hidden layers",
    "pca": "reconstruction error of PCA",
    "nearest": "distance to the nearest normal image",
    "mean": "distance to the mean of the normal images",
}
MEASURES = {"auc": {"says": "area under the ROC curve, mean of the ten digits", "better": "higher"}}
CONDITIONS = ["one is normal", "nine are normal"]
AXIS = "which of the ten digits are normal"
PARAMETERS = {
    "code": {"says": "units of the code, components of PCA", "default": 6, "low": 1, "high": 24},
    "updates": {"says": "updates of each autoencoder", "default": 250, "low": 50, "high": 1500},
}
CLAIMS = {
    "detects": {
        "says": "An autoencoder detects anomalies by its reconstruction error: its AUC is above 0.9.",
        "test": "auc: autoencoder > 0.9",
    },
    "beats-pca": {
        "says": "The autoencoder detects anomalies better than PCA with a code of the same size: by 0.02 in AUC.",
        "test": "auc: autoencoder > pca + 0.02",
    },
    "beats-nearest": {
        "says": "The autoencoder detects anomalies better than the distance to the nearest normal image: by 0.02.",
        "test": "auc: autoencoder > nearest + 0.02",
    },
}
SOURCES = ["sakurada-yairi-2014", "bouman-heskes-2025"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
IMAGES = IMAGES / 16
TRAINING = {"one is normal": 100, "nine are normal": 600}  # normal images to learn from


def measure(seed, code, updates):
    """The mean of ten areas under the curve in each setting."""
    return {
        condition: {arm: {"auc": np.mean(found)} for arm, found in areas(seed, condition, code, updates).items()}
        for condition in CONDITIONS
    }


def illustrate(seed, code, updates):
    """The areas under the curve by digit, where nine digits are normal."""
    found = areas(seed, "nine are normal", code, updates)
    title, row_label, column_label = "AUC, by the digit that is new", "score", "new digit"
    values = [found[arm] for arm in ARMS]
    labels = {"row_label": row_label, "column_label": column_label, "rows": list(ARMS), "columns": list(range(10))}
    return [{"kind": "matrix", "title": title, "values": values} | labels]


def areas(seed, condition, code, updates):
    """Ten splits, one per digit, ten autoencoders trained together; for each arm ten areas under the ROC curve."""
    rng = np.random.default_rng(seed)
    tasks = [split(rng, condition, digit) for digit in range(10)]
    nets = trained(seed, torch.tensor(np.stack([train for train, _, _ in tasks]), dtype=torch.float32), code, updates)
    found = {arm: [] for arm in ARMS}
    for digit, (train, test, anomalous) in enumerate(tasks):
        x = torch.tensor(test, dtype=torch.float32)[None]
        with torch.no_grad():
            error = (reconstruct([layer[digit : digit + 1] for layer in nets], x) - x)[0].square().sum(1)
        for arm, score in ({"autoencoder": error.numpy()} | simple_scores(train, test, code)).items():
            found[arm].append(float(roc_auc_score(anomalous, score)))
    return found


def split(rng, condition, digit):
    """Normal images to learn from, a test set, and which of its images are anomalies."""
    special = np.equal(LABELS, digit)
    normal = special if condition == "one is normal" else ~special
    usual, other = rng.permutation(IMAGES[normal]), rng.permutation(IMAGES[~normal])[:200]
    train, rest = usual[: TRAINING[condition]], usual[TRAINING[condition] :][:200]
    return train, np.concatenate([rest, other]), np.repeat([0, 1], [len(rest), len(other)])


def simple_scores(train, test, code):
    """The scores of the arms without a neural network."""
    mean = train.mean(0)
    components = np.linalg.svd(train - mean, full_matrices=False)[2][:code]
    centred = test - mean
    lost = centred - centred @ components.T @ components
    nearest = NearestNeighbors(n_neighbors=1).fit(train).kneighbors(test)[0][:, 0]
    return {"pca": (lost**2).sum(1), "nearest": nearest, "mean": (centred**2).sum(1)}


def reconstruct(layers, x):
    """64 pixels, 32 units, code, 32 units, 64 pixels; one network for each digit: x is (digit, image, pixel)."""
    for i in range(0, 8, 2):
        x = torch.baddbmm(layers[i + 1], x, layers[i])
        x = torch.sigmoid(x) if i == 6 else x if i == 2 else x.relu()
    return x


def trained(seed, x, code, updates):
    """Weights and biases of ten autoencoders, trained together on batches of 50 images."""
    torch.manual_seed(seed)
    sizes, layers = [64, 32, code, 32, 64], []
    for into, out in pairwise(sizes):
        layers += [torch.randn(10, into, out) * (2 / into) ** 0.5, torch.zeros(10, 1, out)]
    for layer in layers:
        layer.requires_grad_()
    optimizer = torch.optim.Adam(layers, lr=5e-3, fused=True)
    for _ in range(updates):
        batch = x[:, torch.randperm(x.shape[1])[:50]]
        loss = (reconstruct(layers, batch) - batch).square().sum(2).mean(1).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return layers
