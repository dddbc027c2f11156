"""Is contrastive pre-training worth it when labels are few?

Handwritten digits lie somewhere in a frame of 12x12 pixels. An encoder sees 1200 of them without labels. It learns to
tell which two of many distorted views come from the same image (InfoNCE, as in SimCLR). Then it is frozen, and a
logistic regression on its features gets 1, 5 or 20 labels of each class. The same regression on raw pixels and on
features of an untrained encoder are the comparison. The fourth arm has no pre-training, but the same knowledge: its
regression sees 10 distorted copies of each labelled image, since it is the distortions that tell what does not matter.
How much the regression is regularised is chosen for each arm on 200 other labelled images.

What would change the outcome: digits that are centred (set their offset to 0), distortions that change the meaning or
miss what varies in the data, larger images, or an encoder that is fine-tuned instead of frozen.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from torch import nn
from torch.nn import functional as F

ARMS = {
    "contrastive": "features of the pre-trained encoder",
    "pixels": "raw pixels",
    "random": "features of the untrained encoder",
    "distorted": "raw pixels, with 10 distorted copies of each labelled image",
}
MEASURES = {"accuracy": {"says": "test accuracy of the probe", "unit": "%", "better": "higher"}}
CONDITIONS = ["1", "5", "20"]
AXIS = "labels of each class"
PARAMETERS = {
    "steps": {"says": "steps of pre-training", "default": 300, "low": 20, "high": 1000},
    "offset": {"says": "how far digits lie from the centre", "unit": "pixels", "default": 2, "low": 0, "high": 2},
    "reach": {"says": "largest shift of a view", "unit": "pixels", "default": 2, "low": 0, "high": 4},
}
CLAIMS = {
    "beats-pixels": {
        "says": "A linear probe on contrastive features beats the same probe on raw pixels by at least 3 points.",
        "test": "accuracy: contrastive > pixels + 3",
    },
    "beats-random": {
        "says": "It is pre-training that does it: features of an untrained encoder are at least 3 points worse.",
        "test": "accuracy: contrastive > random + 3",
    },
    "beats-distortion": {
        "says": "Pre-training gives at least 3 points more than distorting the labelled images does.",
        "test": "accuracy: contrastive > distorted + 3",
    },
}
SOURCES = ["chen-2020-simclr", "oord-2018"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
FRAMED = np.pad(IMAGES.reshape(-1, 8, 8) / 16, ((0, 0), (2, 2), (2, 2))).reshape(-1, 144)


def measure(seed, steps, offset, reach):
    """Pre-train once, and probe with three numbers of labels."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(FRAMED))
    torch.manual_seed(seed)
    x, y = distort(torch.tensor(FRAMED[order]).float(), offset, noise=0), LABELS[order]
    untrained, encoder = network(), network()
    pretrain(encoder, x[:1200], steps, reach)
    features = {
        "contrastive": represented(encoder, x),
        "pixels": x.numpy(),
        "random": represented(untrained, x),
    }
    values = {}
    for condition in CONDITIONS:
        labelled = np.concatenate([np.flatnonzero(y[:1200] == digit)[: int(condition)] for digit in range(10)])
        values[condition] = {
            arm: {"accuracy": probe(f[labelled], y[labelled], f[1200:], y[1200:])} for arm, f in features.items()
        }
        copies = np.repeat(labelled, 10)
        views = distort(x[copies], reach).numpy()
        values[condition]["distorted"] = {"accuracy": probe(views, y[copies], features["pixels"][1200:], y[1200:])}
    return values


def illustrate(seed, steps, offset, reach):
    """Features of test images in two dimensions, before and after pre-training."""
    torch.manual_seed(seed)
    x = distort(torch.tensor(FRAMED).float(), offset, noise=0)
    encoder, shown = network(), []
    for title in ("Features before pre-training", "Features after pre-training, labels unseen"):
        f = represented(encoder, x[1200:])
        plane = (f - f.mean(0)) @ np.linalg.svd(f - f.mean(0), full_matrices=False)[2][:2].T
        groups = {str(digit): plane[LABELS[1200:] == digit][:30].tolist() for digit in range(10)}
        shown.append(
            {"kind": "points", "title": title, "x_label": "component 1", "y_label": "component 2", "groups": groups}
        )
        pretrain(encoder, x[:1200], steps, reach)
    return shown


def network():
    """144 pixels to 128 features."""
    return nn.Sequential(nn.Linear(144, 256), nn.ReLU(), nn.Linear(256, 128), nn.ReLU())


def pretrain(encoder, x, steps, reach, temperature=0.2):
    """InfoNCE: among 2n views, find the other view of the same image. The projection head is thrown away."""
    head = nn.Sequential(nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 32))
    optimizer = torch.optim.Adam([*encoder.parameters(), *head.parameters()], lr=3e-3, fused=True)
    n = 64
    partner = torch.arange(2 * n).roll(n)
    for _ in range(steps):
        images = x[torch.randint(len(x), (n,))]
        views = distort(torch.cat([images, images]), reach)
        z = F.normalize(head(encoder(views)), dim=1)
        likeness = (z @ z.T / temperature).fill_diagonal_(-torch.inf)  # (view, view)
        loss = F.cross_entropy(likeness, partner)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def distort(x, reach, noise=0.2):
    """Each image is shifted on its own and gets noise."""
    padded = F.pad(x.reshape(-1, 12, 12), (reach, reach, reach, reach))
    rows = torch.randint(0, 2 * reach + 1, (len(x), 1, 1)) + torch.arange(12)[:, None]
    columns = torch.randint(0, 2 * reach + 1, (len(x), 1, 1)) + torch.arange(12)
    shifted = padded[torch.arange(len(x))[:, None, None], rows, columns].flatten(1)
    return shifted + noise * torch.randn_like(shifted)


def represented(encoder, x):
    with torch.no_grad():
        return encoder(x).numpy()


def probe(x, y, rest, truth):
    """Accuracy of logistic regression on the last images; the first 200 choose how much it is regularised."""
    mean, scale = x.mean(0), x.std() + 1e-9
    x, rest = (x - mean) / scale, (rest - mean) / scale
    models = [LogisticRegression(C=c, max_iter=100).fit(x, y) for c in (0.01, 0.1, 1.0)]
    best = max(models, key=lambda model: model.score(rest[:200], truth[:200]))
    return 100 * best.score(rest[200:], truth[200:])
