"""Does a GAN drop modes of the data, and what brings them back?

The data are eight narrow Gaussians on a circle. A small GAN learns them with the non-saturating loss; afterwards we
count the Gaussians that receive at least a quarter of their due share of the samples, each within three standard
deviations. Three variants change one thing each: more noise dimensions, the minimax loss of the first paper, or a
discriminator that sees two samples at once (PacGAN). All have the same learning rate, not tuned for any of them.

A Gaussian whose samples are too scattered is not covered either, so missing modes are partly poor aim, not collapse:
few networks bring more than half of their samples near a mode. So a second count asks only which Gaussian is nearest
to each sample, however far; what is missing there is not a matter of aim.

What would change the outcome: learning rates, the momentum of Adam, the number of updates and the distance between
modes; GANs are sensitive to all of them. Change the learning rate and see which ranking of the remedies survives.
"""

from itertools import pairwise

import numpy as np
import torch
from torch.nn import functional as F

ARMS = {
    "plain": "2 noise dimensions, non-saturating loss",
    "more-noise": "16 noise dimensions",
    "minimax": "the generator minimises log(1 - D) instead of -log D",
    "packed": "the discriminator judges two samples at once",
}
MEASURES = {
    "modes": {"says": "modes covered, of eight", "better": "higher"},
    "nearest": {"says": "modes that are nearest to their share of samples, of eight", "better": "higher"},
    "good": {"says": "samples within three standard deviations of a mode", "unit": "%", "better": "higher"},
}
PARAMETERS = {
    "rate": {"says": "learning rate", "default": 1e-3, "low": 1e-4, "high": 1e-2},
    "updates": {"says": "updates of each player", "default": 1000, "low": 200, "high": 6000},
}
CLAIMS = {
    "drops-modes": {
        "says": "A plain GAN suffers mode collapse: on average at least one of eight modes is missing.",
        "test": "modes: plain < 7",
        "check": "nearest: plain < 7",
    },
    "more-noise-helps": {
        "says": "More noise dimensions bring diversity back: at least one mode more.",
        "test": "modes: more-noise > plain + 1",
    },
    "loss-prevents-collapse": {
        "says": "The non-saturating loss prevents mode collapse: one mode more than with the minimax loss, at least.",
        "test": "modes: plain > minimax + 1",
    },
    "packing-helps": {
        "says": "A discriminator that sees two samples at once brings back at least one mode.",
        "test": "modes: packed > plain + 1",
    },
}
SOURCES = ["goodfellow-2014", "salimans-2016", "lin-2018-pacgan"]
BATCH = 8
BUDGET_S = 15

MODES, SPREAD, WIDTH = 8, 0.05, 32
ANGLES = 2 * np.pi * torch.arange(MODES) / MODES
CENTRES = torch.stack([ANGLES.cos(), ANGLES.sin()], 1)  # (mode, 2), on the unit circle


def measure_batch(seeds, rate, updates):
    """Train all seeds of an arm together and count the modes of 2,000 samples each."""
    results = [{} for _ in seeds]
    for arm in ARMS:
        samples = trained(seeds, arm, rate, updates)  # (seed, sample, 2)
        for i, result in enumerate(results):
            distance, nearest = torch.cdist(samples[i], CENTRES).min(1)
            hits, drawn = nearest[distance < 3 * SPREAD], len(samples[i])
            covered, approached = (torch.bincount(x, minlength=MODES) >= drawn / MODES / 4 for x in (hits, nearest))
            result[arm] = {"modes": covered.sum().item(), "nearest": approached.sum().item()}
            result[arm]["good"] = 100 * len(hits) / drawn
    return results


def illustrate(seed, rate, updates):
    """Samples of three generators beside the data."""
    groups = {"data": data(torch.Generator().manual_seed(seed), 1, 200)[0].tolist()}
    for arm in ("plain", "more-noise", "packed"):
        groups[arm] = trained([seed], arm, rate, updates)[0, :200].tolist()
    return [{"kind": "points", "title": "What the generators make", "x_label": "x", "y_label": "y", "groups": groups}]


def data(generator, seeds, count):
    """Samples of the mixture (seed, sample, 2)."""
    which = torch.randint(MODES, (seeds, count), generator=generator)
    return CENTRES[which] + SPREAD * torch.randn(seeds, count, 2, generator=generator)


def network(seeds, sizes):
    """Weights and biases of one multilayer perceptron for each seed, drawn as PyTorch draws those of a linear layer."""
    layers = []
    for into, out in pairwise(sizes):
        drawn = []
        for seed in seeds:
            generator = torch.Generator().manual_seed(1000 * seed + len(layers))
            drawn.append((2 * torch.rand(into + 1, out, generator=generator) - 1) / into**0.5)
        both = torch.stack(drawn)  # (seed, in + 1, out); the last row is the bias
        layers += [both[:, :-1].clone().requires_grad_(), both[:, -1:].clone().requires_grad_()]
    return layers


def apply(layers, x):
    """The networks on x (seed, sample, in), each on its own seed's samples."""
    for i in range(0, len(layers), 2):
        x = torch.baddbmm(layers[i + 1], x.relu() if i else x, layers[i])
    return x


def trained(seeds, arm, rate, updates):
    """Samples of the trained generators (seed, 2000, 2)."""
    noise = 16 if arm == "more-noise" else 2
    pack = 2 if arm == "packed" else 1
    draw = torch.Generator().manual_seed(int(seeds[0]))
    generators = network(seeds, [noise, WIDTH, WIDTH, 2])
    critics = network([seed + 500 for seed in seeds], [2 * pack, WIDTH, WIDTH, 1])
    g_adam = torch.optim.Adam(generators, lr=rate, betas=(0.5, 0.999), fused=True)
    d_adam = torch.optim.Adam(critics, lr=rate, betas=(0.5, 0.999), fused=True)

    def fake(count=64):
        return apply(generators, torch.randn(len(seeds), count, noise, generator=draw))

    def judge(x):
        return apply(critics, x.reshape(len(seeds), -1, 2 * pack))  # logits: real or made

    for _ in range(updates):
        real, made = judge(data(draw, len(seeds), 64)), judge(fake().detach())
        loss = F.softplus(-real).mean((1, 2)) + F.softplus(made).mean((1, 2))
        d_adam.zero_grad()
        loss.sum().backward()
        d_adam.step()
        logits = judge(fake())
        loss = -F.softplus(logits) if arm == "minimax" else F.softplus(-logits)  # log(1 - D) or -log D
        g_adam.zero_grad()
        loss.mean((1, 2)).sum().backward()
        g_adam.step()
    return fake(2000).detach()
