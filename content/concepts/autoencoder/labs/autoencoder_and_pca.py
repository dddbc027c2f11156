"""Does an autoencoder minimise the same objective as PCA?

Three autoencoders compress handwritten digits to the same number of code units as PCA keeps components. One is linear
and trained on the squared error, one is linear and trained on the absolute error, one has hidden layers and the squared
error. After full-batch training to convergence we compare reconstructions with those of PCA, the subspace that
the decoder spans with the principal subspace, and the single directions with the principal components.

What would change the outcome: two components of nearly equal variance (then the subspace itself is hardly defined and
found slowly, as with a code of one unit), too few updates for larger codes, tied weights with an orthogonality penalty
and ordered codes (then the axes come out as in PCA), or so few images that the non-linear network learns them by
heart.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn

ARMS = {"autoencoder": "the autoencoder of the setting", "pca": "PCA with as many components as the code has units"}
MEASURES = {
    "test-error": {"says": "squared error on new digits, share of the variance", "unit": "%", "better": "lower"},
    "train-error": {"says": "squared error in training, share of the variance", "unit": "%", "better": "lower"},
    "differs": {"says": "squared difference from PCA's reconstruction, share of the variance", "unit": "%"},
    "angle": {"says": "largest angle between a linear decoder's subspace and PCA's", "unit": "degrees"},
    "axis-match": {"says": "mean |cosine| of each component and its nearest linear decoder direction"},
}
CONDITIONS = ["linear, squared error", "linear, absolute error", "non-linear, squared error"]
AXIS = "kind of autoencoder and its loss"
PARAMETERS = {
    "code": {"says": "units of the code", "default": 4, "low": 1, "high": 16},
    "updates": {"says": "full-batch updates of each network", "default": 400, "low": 200, "high": 3000},
}
CLAIMS = {
    "same-as-pca": {
        "says": "An autoencoder minimises what PCA minimises: it reconstructs as PCA does, within 1 % of the variance.",
        "test": "differs: autoencoder < 1",
    },
    "same-subspace": {
        "says": "A linear autoencoder with squared error spans the principal subspace: no angle above 5 degrees.",
        "test": "angle: autoencoder < 5",
        "conditions": ["linear, squared error"],
    },
    "same-components": {
        "says": "A linear autoencoder finds the principal components themselves: mean |cosine| above 0.95.",
        "test": "axis-match: autoencoder > 0.95",
        "check": "angle: autoencoder < 5",
        "conditions": ["linear, squared error"],
    },
    "nonlinear-is-better": {
        "says": "At equal code size a non-linear autoencoder loses less of new images than PCA: 2 % of the variance.",
        "test": "test-error: autoencoder < pca - 2",
        "conditions": ["non-linear, squared error"],
    },
}
SOURCES = ["baldi-hornik-1989", "plaut-2018", "hinton-2006"]
BUDGET_S = 15

IMAGES = load_digits().data / 16


def measure(seed, code, updates):
    """Train the three autoencoders on one split and compare each with PCA."""
    images = torch.tensor(np.random.default_rng(seed).permutation(IMAGES), dtype=torch.float32)
    train, test = images[:600] - images[:600].mean(0), images[600:] - images[:600].mean(0)
    components = torch.linalg.svd(train, full_matrices=False).Vh[:code]  # (component, pixel)
    by_pca = [x @ components.T @ components for x in (train, test)]
    variance, test_variance = train.square().mean(), test.square().mean()
    result = {}
    for condition in CONDITIONS:
        torch.manual_seed(seed)
        net = autoencoder(code, linear=condition.startswith("linear"))
        rate = 0.05 if condition.startswith("linear") else 0.01  # the fewer layers, the larger a rate is stable
        fit(net, train, rate, updates, absolute=condition.endswith("absolute error"))
        result[condition] = {}
        for arm in ARMS:
            made = [net(x).detach() for x in (train, test)] if arm == "autoencoder" else by_pca
            directions = (net[-1].weight if arm == "autoencoder" else components.T).detach()[:, :code]
            result[condition][arm] = {
                "train-error": 100 * (made[0] - train).square().mean() / variance,
                "test-error": 100 * (made[1] - test).square().mean() / test_variance,
                "differs": 100 * (made[1] - by_pca[1]).square().mean() / test_variance,
                "angle": largest_angle(directions, components),
                "axis-match": axis_match(directions, components),
            }
    return result


def illustrate(seed, code, updates):
    """Error on new images by the size of the code, for one seed."""
    sizes = [1, 2, 3, 4, 6, 8, 12, 16]
    runs = {size: measure(seed, size, updates) for size in sizes}
    lines = {c: [float(runs[size][c]["autoencoder"]["test-error"]) for size in sizes] for c in CONDITIONS}
    lines["PCA"] = [float(runs[size][CONDITIONS[0]]["pca"]["test-error"]) for size in sizes]
    title, x_label, y_label = "Error on new digits by size of the code", "units of the code", "error (% of variance)"
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": sizes, "lines": lines}]


def autoencoder(code, linear):
    """64 pixels to a code and back, by one matrix each way or with a hidden layer on both sides."""
    if linear:
        return nn.Sequential(nn.Linear(64, code), nn.Linear(code, 64))
    return nn.Sequential(
        nn.Linear(64, 32), nn.ELU(), nn.Linear(32, code), nn.Linear(code, 32), nn.ELU(), nn.Linear(32, 64)
    )


def fit(net, x, rate, updates, absolute):
    """Full-batch Adam whose rate falls to zero, so that it settles."""
    optimizer = torch.optim.Adam(net.parameters(), lr=rate, fused=True)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, updates)
    for _ in range(updates):
        error = net(x) - x
        loss = error.abs().mean() if absolute else error.square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def largest_angle(directions, components):
    """The largest principal angle, in degrees, between the spans of the columns and of the components."""
    cosines = torch.linalg.svdvals(torch.linalg.qr(directions).Q.T @ components.T)
    return torch.rad2deg(torch.acos(cosines.min().clamp(-1, 1)))


def axis_match(directions, components):
    """For each component the |cosine| of the decoder direction nearest to it, averaged."""
    cosines = (components @ directions / directions.norm(dim=0)).abs()  # (component, direction)
    return cosines.max(1).values.mean()
