"""Does the discriminator of a trained GAN detect anomalies?

A small GAN learns nine of the ten digits; the left-out one (another for each seed) stands for the anomaly. A second
kind is easier for the eye: normal digits with their pixels shuffled. New normal images and anomalies are ranked by four
scores: the discriminator's doubt; the error of the best image that the generator can make, found by gradient descent
on the noise vector, from the best of 256 starts (as in AnoGAN); and two scores without a GAN, which are the distance to
the nearest training image and the error of a principal component analysis with as many components as the noise has.
We measure the area under the ROC curve: how often an anomaly is ranked above a normal image (50 % by chance).
The recipe (batch normalisation in the generator, a higher learning rate for the discriminator) was chosen because its
samples look like digits and cover them, not by these scores.

What would change the outcome: the number of updates, since the discriminator learns to tell data from what the
generator makes at that moment and never sees an anomaly; and the number of noise dimensions. Change both.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from sklearn.metrics import roc_auc_score
from torch import nn
from torch.nn import functional as F

ARMS = {
    "discriminator": "the discriminator's doubt that the image is real",
    "reconstruction": "error of the generator's best attempt",
    "nearest": "distance to the nearest training image",
    "pca": "error of a principal component analysis",
}
MEASURES = {"auc": {"says": "anomalies ranked above normal images", "unit": "%", "better": "higher"}}
CONDITIONS = ["left-out digit", "shuffled pixels"]
AXIS = "anomaly"
PARAMETERS = {
    "updates": {"says": "updates of each player", "default": 600, "low": 50, "high": 5000},
    "noise": {"says": "noise dimensions and components", "default": 16, "low": 2, "high": 32},
}
CLAIMS = {
    "discriminator-detects": {
        "says": "The discriminator of a trained GAN detects anomalies: it ranks more than 80 % of pairs right.",
        "test": "auc: discriminator > 80",
    },
    "reconstruction-is-better": {
        "says": "The error of the generator's best attempt ranks at least 5 points more pairs right.",
        "test": "auc: reconstruction > discriminator + 5",
    },
    "gan-beats-neighbour": {
        "says": "Reconstruction by a GAN beats the distance to the nearest training image by at least 2 points.",
        "test": "auc: reconstruction > nearest + 2",
    },
    "neighbour-beats-discriminator": {
        "says": "The distance to the nearest training image beats the discriminator by at least 5 points.",
        "test": "auc: nearest > discriminator + 5",
    },
}
SOURCES = ["schlegl-2017-anogan", "goodfellow-2014"]
BUDGET_S = 20

DIGITS, LABELS = load_digits(return_X_y=True)
DIGITS = torch.tensor(DIGITS / 16, dtype=torch.float32)  # (image, pixel), 0 to 1
WIDTH, STARTS, STEPS = 96, 256, 100


def measure(seed, updates, noise):
    """The area under the ROC curve of each score for each kind of anomaly."""
    scores = scored(seed, updates, noise)
    found = {}
    for condition in CONDITIONS:
        normal, strange = scores["normal"], scores[condition]
        truth = np.repeat([0, 1], [len(normal["nearest"]), len(strange["nearest"])])
        found[condition] = {
            arm: {"auc": 100 * roc_auc_score(truth, torch.cat([normal[arm], strange[arm]]).numpy())} for arm in ARMS
        }
    return found


def illustrate(seed, updates, noise):
    """Both scores of a GAN for some images of each kind."""
    groups = {
        kind: torch.stack([-s["discriminator"], s["reconstruction"]], 1)[:100].tolist()
        for kind, s in scored(seed, updates, noise).items()
    }
    labels = {"x_label": "logit of the discriminator (high: real)", "y_label": "error of the generator's best attempt"}
    return [{"kind": "points", "title": "What a GAN says about normal and strange images", **labels, "groups": groups}]


def scored(seed, updates, noise):
    """Scores of new normal images and of both kinds of anomaly; high is strange."""
    random = np.random.default_rng(seed)
    order = random.permutation(np.flatnonzero(seed % 10 != LABELS))
    train, new = DIGITS[order[:1200]], DIGITS[order[1200:]]
    shuffled = torch.stack([image[torch.from_numpy(random.permutation(64))] for image in new[:200]])
    groups = {"normal": new, "left-out digit": DIGITS[seed % 10 == LABELS], "shuffled pixels": shuffled}
    generator, discriminator = trained(seed, train, updates, noise)
    mean, axes = train.mean(0), torch.linalg.svd(train - train.mean(0))[2][:noise]  # (noise, pixel)
    return {
        kind: {
            "discriminator": -discriminator(x).detach().squeeze(1),
            "reconstruction": (best_attempt(generator, x, noise) - x).square().mean(1),
            "nearest": torch.cdist(x, train).min(1).values,
            "pca": ((x - mean) - (x - mean) @ axes.T @ axes).square().mean(1),
        }
        for kind, x in groups.items()
    }


def trained(seed, real, updates, noise):
    """The two players after alternating updates with the non-saturating loss."""
    torch.manual_seed(seed)
    hidden = [nn.Linear(noise, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU()]
    hidden += [nn.Linear(WIDTH, WIDTH), nn.BatchNorm1d(WIDTH), nn.ReLU()]
    generator = nn.Sequential(*hidden, nn.Linear(WIDTH, 64), nn.Sigmoid())
    discriminator = nn.Sequential(nn.Linear(64, WIDTH), nn.LeakyReLU(0.2), nn.Linear(WIDTH, 1))
    g_adam = torch.optim.Adam(generator.parameters(), lr=1e-3, betas=(0.5, 0.999), fused=True)
    d_adam = torch.optim.Adam(discriminator.parameters(), lr=4e-3, betas=(0.5, 0.999), fused=True)
    for _ in range(updates):
        x, made = real[torch.randint(len(real), (64,))], generator(torch.randn(64, noise))
        loss = F.softplus(-discriminator(x)).mean() + F.softplus(discriminator(made.detach())).mean()
        d_adam.zero_grad()
        loss.backward()
        d_adam.step()
        loss = F.softplus(-discriminator(made)).mean()
        g_adam.zero_grad()
        loss.backward()
        g_adam.step()
    return generator.eval(), discriminator


def best_attempt(generator, images, noise):
    """The nearest images that the generator can make, by gradient descent on the noise."""
    generator.requires_grad_(False)
    starts = torch.randn(STARTS, noise)
    z = starts[torch.cdist(images, generator(starts)).argmin(1)].requires_grad_()  # (image, noise)
    adam = torch.optim.Adam([z], lr=0.05, fused=True)
    for _ in range(STEPS):
        adam.zero_grad()
        (generator(z) - images).square().sum().backward()
        adam.step()
    return generator(z).detach()
