"""Does data augmentation always help, and are flips always safe?

A network learns to read digits from few and from many images. It sees them as they are, shifted by up to half a pixel
(a sixteenth of the width) in any direction, mirrored at random, or flipped top to bottom at random. Test images are
left as they are, or shifted likewise. A mirrored digit is in general no digit, so mirroring is also tried where it
matters less: on 0, 1 and 8 alone. The arms of a condition start from the same weights and train for the same number of
steps.

What would change the outcome: the reach of the shifts, since a whole pixel is an eighth of these images and takes them
away from what the test shows (and shifting by half a pixel blurs a little); more steps or a larger network, as both are
fixed and not tuned for each arm; a convolutional network; or classes that stay what they are under the change.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "none": "images as they are",
    "shifted": "shifted a little in any direction",
    "mirrored": "every second image mirrored left to right",
    "upside-down": "every second image flipped top to bottom",
}
MEASURES = {
    "accuracy": {"says": "accuracy on test images", "unit": "%", "better": "higher"},
    "moved": {"says": "accuracy on test images that are shifted", "unit": "%", "better": "higher"},
}
AXIS = "training images"
CONDITIONS = ["100 images", "1200 images", "100 images of 0, 1, 8"]
PARAMETERS = {
    "steps": {"says": "training steps of 50 images", "default": 400, "low": 100, "high": 1000},
    "reach": {"says": "how far shifts go", "unit": "pixels", "default": 0.5, "low": 0.1, "high": 2.0},
    "hidden": {"says": "hidden units", "default": 64, "low": 8, "high": 256},
}
CLAIMS = {
    "augmentation-helps": {
        "says": "Augmentation always helps: small shifts raise accuracy on centred test images by at least 2 points.",
        "test": "accuracy: shifted > none + 2",
        "conditions": ["100 images", "1200 images"],
    },
    "prepares-for-shifts": {
        "says": "On test images that are shifted likewise, training on shifts raises accuracy by at least 2 points.",
        "test": "moved: shifted > none + 2",
        "conditions": ["100 images", "1200 images"],
    },
    "flips-are-safe": {
        "says": "Flips are always safe: mirroring changes test accuracy by no more than a point.",
        "test": "accuracy: mirrored == none +- 1",
    },
    "upside-down-hurts": {
        "says": "With few images, flipping digits top to bottom costs at least 2 points of accuracy.",
        "test": "accuracy: upside-down < none - 2",
        "conditions": ["100 images"],
    },
}
SOURCES = ["shorten-2019", "gbc-2016-augmentation"]
BUDGET_S = 15

IMAGES, LABELS = load_digits(return_X_y=True)


def measure(seed, steps, reach, hidden):
    """Train the arms of each condition and test them on untouched images."""
    values = {}
    for condition in CONDITIONS:
        images, labels = IMAGES, LABELS
        if "of 0, 1, 8" in condition:
            kept = np.isin(LABELS, (0, 1, 8))
            images, labels = IMAGES[kept], LABELS[kept]
        order = np.random.default_rng(seed).permutation(len(images))
        x, y = torch.tensor(images[order] / 16, dtype=torch.float32), torch.tensor(labels[order])
        train = int(condition.split()[0])
        weights = trained(seed, versions(x[:train], reach), y[:train], steps, hidden)
        still, *_, moved = versions(x[-400:], reach)[1]  # moved by nothing, ..., to the lower right
        right = [100 * (network(weights, test).argmax(2) == y[-400:]).float().mean(1) for test in (still, moved)]
        values[condition] = {arm: {"accuracy": right[0][i], "moved": right[1][i]} for i, arm in enumerate(ARMS)}
    return values


def versions(x, reach):
    """What each arm may see of an image: (version, image, 64) by arm."""
    square = x.reshape(-1, 1, 8, 8)
    shifts = [shift(square, i * reach, j * reach) for i in (0, -1, 1) for j in (0, -1, 1)]  # the first is still
    arms = ([square], shifts, [square, square.flip(3)], [square, square.flip(2)])
    return [torch.stack(arm).flatten(2) for arm in arms]


def shift(square, down, right):
    """Images moved by parts of a pixel, by linear interpolation; what moves in is empty."""
    move = torch.tensor([[1, 0, -right / 4], [0, 1, -down / 4]]).expand(len(square), 2, 3)  # 8 pixels are 2 units
    return F.grid_sample(square, F.affine_grid(move, square.shape, align_corners=False), align_corners=False)


def trained(seed, seen, y, steps, hidden):
    """The parameters after training, one network for each arm on the leading axis."""
    torch.manual_seed(seed)
    start = (torch.randn(64, hidden) / 32**0.5, torch.zeros(1, hidden), torch.zeros(hidden, 10), torch.zeros(1, 10))
    weights = [w.repeat(len(ARMS), 1, 1).requires_grad_() for w in start]
    optimizer = torch.optim.Adam(weights, lr=5e-3, fused=True)
    for _ in range(steps):
        batch = torch.randint(len(y), (50,))
        inputs = torch.stack([arm[torch.randint(len(arm), (50,)), batch] for arm in seen])  # (arm, image, 64)
        logits = network(weights, inputs)
        loss = F.cross_entropy(logits.flatten(0, 1), y[batch].repeat(len(ARMS)), reduction="sum") / 50
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return [w.detach() for w in weights]


def network(weights, x):
    """Logits (arm, image, class) of one hidden layer."""
    w1, b1, w2, b2 = weights
    return torch.relu(x @ w1 + b1) @ w2 + b2


def illustrate(seed, steps, reach, hidden):
    """A two in the versions of the arms, and a five beside it."""
    two, five = (IMAGES[LABELS == digit][seed].reshape(8, 8) for digit in (2, 5))  # noqa: SIM300
    shown = {"A 2": two, "The 2 mirrored": two[:, ::-1], "The 2 upside down": two[::-1], "A 5": five}
    return [{"kind": "matrix", "title": title, "values": image.tolist()} for title, image in shown.items()]
