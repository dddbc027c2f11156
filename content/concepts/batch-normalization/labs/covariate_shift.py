"""Does batch normalisation work because it reduces internal covariate shift?

Three networks learn to read handwritten digits by plain SGD, each at the learning rate that is best for it: a plain
one, one with batch norm, and one in which every batch norm is followed by noise that shifts and scales each feature
anew at every step, a variant of the experiment of Santurkar et al. (2018). The covariate shift of a layer is measured
directly: how far the mean of each of its units moves from one step to the next, in standard deviations of that unit.
Batch norm makes it small almost by construction. If that were why it works, the noisy network, whose layers shift more
than those of the plain one, should train no better than it.

What would change the outcome: with less noise the shift stays below that of the plain network and nothing is tested
(the check then fails); with a lot, the noise itself destroys what the layers say, and no network trains.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "plain": "no normalisation",
    "norm": "batch norm before each ReLU",
    "noisy": "batch norm, then a random shift and scale at each step",
}
MEASURES = {
    "shift": {"says": "movement of a unit's mean per step / its std", "log": True, "better": "lower"},
    "loss": {"says": "training loss, averaged over the second half", "unit": "nats", "log": True, "better": "lower"},
}
PARAMETERS = {
    "noise": {"says": "size of the noise", "unit": "standard deviations", "default": 0.3, "low": 0, "high": 2},
    "steps": {"says": "mini-batch steps", "default": 80, "low": 40, "high": 400},
    "layers": {"says": "hidden layers", "default": 5, "low": 2, "high": 10},
}
CLAIMS = {
    "trains-faster": {
        "says": "Batch norm speeds training up: at tuned rates the loss is lower by at least a fifth.",
        "test": "loss: norm < plain / 1.25",
    },
    "less-shift": {
        "says": "Batch norm reduces internal covariate shift by at least a fifth.",
        "test": "shift: norm < plain / 1.25",
    },
    "because-of-shift": {
        "says": "Batch norm works by reducing internal covariate shift: with more shift put back by noise than "
        "the plain network has, the advantage is gone: the loss is no longer lower.",
        "test": "loss: noisy > plain",
        "check": "shift: noisy > plain * 1.25",
    },
}
SOURCES = ["ioffe-2015", "santurkar-2018"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.tensor([0.03, 0.1, 0.3, 1.0])
WIDTH, BATCH = 32, 64


def measure(seed, noise, steps, layers):
    """Train the arms at all rates; judge each at the rate that is best for it."""
    result = {}
    for arm in ARMS:
        losses, shifts, best = fit(arm, seed, noise, steps, layers)
        late = slice(steps // 2, None)
        result[arm] = {"shift": shifts[late, best].mean(), "loss": losses[late, best].mean()}
    return result


def illustrate(seed, noise, steps, layers):
    """Loss and shift by step, for one seed."""
    runs = {arm: fit(arm, seed, noise, steps, layers) for arm in ARMS}
    x = list(range(1, steps))
    losses = {arm: losses[1:, best].tolist() for arm, (losses, _, best) in runs.items()}
    shifts = {arm: shifts[1:, best].tolist() for arm, (_, shifts, best) in runs.items()}
    figure = {"kind": "curves", "x_label": "step", "x": x, "log_y": True}
    return [
        figure | {"title": "Training loss", "y_label": "loss (nats)", "lines": losses},
        figure | {"title": "Covariate shift", "y_label": "movement of the means (std)", "lines": shifts},
    ]


def fit(arm, seed, noise, steps, layers):
    """SGD at every rate at once: losses and shifts (step, rate), and which rate reaches the lowest loss."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32), torch.tensor(LABELS[order])
    torch.manual_seed(seed)
    sizes = [64, *[WIDTH] * layers, 10]
    net = [torch.randn(n, m) * (2 / n) ** 0.5 for n, m in pairwise(sizes)]
    net += [torch.zeros(1, m) for m in sizes[1:]] + [torch.ones(1, m) for m in sizes[1:]]
    net = [p.repeat(len(RATES), 1, 1) for p in net]  # weights, betas, gammas: (rate, ., unit)
    probe = x[:128]  # the shift is measured on images that stay the same
    losses, shifts, before = torch.zeros(steps, len(RATES)), torch.zeros(steps, len(RATES)), None
    for step, chosen in enumerate(torch.randint(900, (steps, BATCH))):
        # The noise is drawn by the step: shift and scale of each unit are the same for all images of the step.
        disturb = noise * torch.randn(layers, 2, 1, WIDTH) if arm == "noisy" else torch.zeros(layers, 2, 1, WIDTH)
        with torch.no_grad():
            inputs = torch.stack(forward(arm, net, probe, disturb)[1])  # (layer, rate, image, unit)
            mean, spread = inputs.mean(2), inputs.std(2) + 1e-3
            shifts[step] = 0 if before is None else ((mean - before).abs() / spread).mean((0, 2))
            before = mean
        net = [p.detach().requires_grad_() for p in net]
        scores = forward(arm, net, x[chosen], disturb)[0]
        target = y[chosen].repeat(len(RATES))
        loss = F.cross_entropy(scores.flatten(0, 1), target, reduction="none").view(len(RATES), -1).mean(1)
        gradients = torch.autograd.grad(loss.sum(), net, allow_unused=True, materialize_grads=True)
        net = [p.detach() - RATES.view(-1, 1, 1) * g for p, g in zip(net, gradients, strict=True)]
        losses[step] = loss.detach()
    return losses, shifts, losses[steps // 2 :].mean(0).nan_to_num(torch.inf).argmin()


def forward(arm, net, x, disturb):
    """The scores, and the inputs of all hidden activations after normalisation and noise."""
    depth = len(net) // 3
    h, handed = x, []
    for layer in range(depth - 1):
        weight, beta, gamma = net[layer], net[depth + layer], net[2 * depth + layer]
        z = h @ weight
        if arm != "plain":
            z = (z - z.mean(1, keepdim=True)) / (z.var(1, unbiased=False, keepdim=True) + 1e-5).sqrt() * gamma
        z = (z + beta) * (1 + disturb[layer, 0]) + disturb[layer, 1]
        handed.append(z)
        h = z.relu()
    return h @ net[depth - 1] + net[2 * depth - 1], handed
