"""Does a GAN enlarge images better than a network trained on the squared error?

Digits of 8 x 8 pixels are reduced to 4 x 4 and enlarged again by a small network. One copy is trained on the squared
error alone; the other also has to fool a discriminator, which sees the small image beside the large one. Both start
from the same weights and see the same batches, at the same learning rate. On new digits we measure the signal-to-noise
ratio (PSNR) and the sharpness, which is the mean squared difference of neighbouring pixels. Enlarging each pixel to a
block is the baseline.

PSNR is a function of the squared error, so one network is trained for just what is measured: that it wins is no
surprise, by how much is the question. And sharpness counts wrong edges and noise like right edges.

What would change the outcome: the weight of the adversarial loss. At nothing the two are the same.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch import nn
from torch.nn import functional as F

ARMS = {
    "adversarial": "squared error and a discriminator to fool",
    "squared": "squared error alone",
    "blocks": "each pixel becomes a block of 2 x 2",
    "real": "the digits themselves",
}
MEASURES = {
    "psnr": {"says": "signal-to-noise ratio (PSNR), 90 where there is no error", "unit": "dB", "better": "higher"},
    "sharpness": {"says": "energy of the differences of neighbouring pixels", "log": True},
}
PARAMETERS = {
    "weight": {"says": "weight of the adversarial loss", "default": 0.03, "low": 0.0, "high": 0.3},
    "updates": {"says": "updates of each network", "default": 300, "low": 50, "high": 2000},
}
CLAIMS = {
    "gan-is-closer": {
        "says": "A GAN restores lost detail more truly: its PSNR is 0.5 dB or more above that of the squared error.",
        "test": "psnr: adversarial > squared + 0.5",
    },
    "gan-is-sharper": {
        "says": "The GAN's images are sharper: at least 10 % more energy in the differences of neighbouring pixels.",
        "test": "sharpness: adversarial > squared * 1.1",
    },
    "squared-error-blurs": {
        "says": "Squared error blurs: the differences have at least 10 % less energy than in real digits.",
        "test": "sharpness: squared < real / 1.1",
    },
}
SOURCES = ["ledig-2017-srgan"]
BUDGET_S = 15

IMAGES = load_digits().data.reshape(-1, 8, 8) / 16


def measure(seed, weight, updates):
    """Enlarge the same new digits by each arm."""
    enlarged = results(seed, weight, updates)
    real = enlarged["real"]
    return {
        arm: {
            "psnr": -10 * np.log10(((made - real) ** 2).mean() + 1e-9),
            "sharpness": (np.diff(made, axis=1) ** 2).mean() + (np.diff(made, axis=2) ** 2).mean(),
        }
        for arm, made in enlarged.items()
    }


def illustrate(seed, weight, updates):
    """One digit as each arm sees it."""
    enlarged = results(seed, weight, updates)
    return [
        {"kind": "matrix", "title": f"{title[:1].upper()}{title[1:]}", "values": enlarged[arm][0].round(2).tolist()}
        for arm, title in ARMS.items()
    ]


def results(seed, weight, updates):
    """The new digits as each arm enlarges them (image, 8, 8)."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    train, test = IMAGES[order[:1200]], IMAGES[order[1200:]]
    small = torch.tensor(test, dtype=torch.float32).unflatten(1, (4, 2)).unflatten(3, (4, 2)).mean((2, 4))
    enlarged = {"blocks": small.repeat_interleave(2, 1).repeat_interleave(2, 2).numpy(), "real": test}
    for arm in ("adversarial", "squared"):
        net = trained(seed, torch.tensor(train, dtype=torch.float32), weight if arm == "adversarial" else 0.0, updates)
        with torch.no_grad():
            enlarged[arm] = net(small.flatten(1)).view(-1, 8, 8).numpy()
    return enlarged


def trained(seed, large, weight, updates):
    """The generator: 16 pixels to 64. Without a weight the discriminator plays no part."""
    torch.manual_seed(seed)
    small = large.unflatten(1, (4, 2)).unflatten(3, (4, 2)).mean((2, 4)).flatten(1)  # means of 2 x 2 pixels
    large = large.flatten(1)
    generator = nn.Sequential(nn.Linear(16, 96), nn.ReLU(), nn.Linear(96, 64), nn.Sigmoid())
    discriminator = nn.Sequential(nn.Linear(80, 96), nn.LeakyReLU(0.2), nn.Linear(96, 1))
    g_adam = torch.optim.Adam(generator.parameters(), lr=3e-3, betas=(0.5, 0.999), fused=True)
    d_adam = torch.optim.Adam(discriminator.parameters(), lr=3e-3, betas=(0.5, 0.999), fused=True)
    pieces = np.random.default_rng(seed)
    for _ in range(updates):
        batch = torch.tensor(pieces.choice(len(large), 64))
        x, real = small[batch], large[batch]
        made = generator(x)
        loss = F.mse_loss(made, real)
        if weight:
            judged = discriminator(torch.cat([x, real], 1)), discriminator(torch.cat([x, made.detach()], 1))
            d_adam.zero_grad()
            (F.softplus(-judged[0]).mean() + F.softplus(judged[1]).mean()).backward()
            d_adam.step()
            loss = loss + weight * F.softplus(-discriminator(torch.cat([x, made], 1))).mean()
        g_adam.zero_grad()
        loss.backward()
        g_adam.step()
    return generator
