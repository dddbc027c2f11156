"""Does a saliency map show what the model uses?

Every image shows a digit 0 or 1 and, beside it, a patch: + or ×. One network learns to tell the patch and must use it,
another tells the digit and need not. We take images in which the first changes its answer when the patch is black (in
the others an absence may decide, and no pixel shows that). How often is a map strongest at the patch? Then all weights
are drawn anew (Adebayo et al. 2018): a map that stays the same, where there is ink, did not come from training.

What would change the outcome: another rule of LRP than z+, a feature that is spread out, or fewer samples for LIME.
"""

from itertools import accumulate

import numpy as np
import torch
from scipy.stats import spearmanr
from sklearn.datasets import load_digits
from torch import nn

ARMS = {
    "patch": "network that must use the patch",
    "digit": "network that tells the digit and can ignore the patch",
    "random": "the first network with its weights drawn anew",
}
MEASURES = {
    "pointing": {"says": "images whose strongest pixel is in or next to the patch", "unit": "%"},
    "similarity": {"says": "rank correlation with the first network's map"},
    "accuracy": {"says": "accuracy on the network's own task", "unit": "%", "better": "higher"},
}
CONDITIONS = ["gradient", "gradient x input", "LRP", "Grad-CAM", "LIME"]
AXIS = "method"
PARAMETERS = {"steps": {"says": "training steps", "default": 200, "low": 100, "high": 600}}
CLAIMS = {
    "finds-the-patch": {
        "says": "On 90 % of images a saliency map is strongest at the patch that decides.",
        "test": "pointing: patch > 90",
        "check": "accuracy: patch > 95",
    },
    "only-when-used": {
        "says": "The map points to the patch at least 20 points more often if the network uses it than if it does not.",
        "test": "pointing: patch > digit + 20",
        "check": "accuracy: digit > 90",
    },
    "depends-on-weights": {
        "says": "A saliency map shows what the model uses: random weights change it (rank correlation below 0.5).",
        "test": "similarity: random < 0.5",
    },
}
SOURCES = ["adebayo-2018", "sixt-2020"]
BUDGET_S = 15
IMAGES, LABELS = load_digits(n_class=2, return_X_y=True)
PATCHES = np.array([[[0, 1, 0], [1, 1, 1], [0, 1, 0]], [[1, 0, 1], [0, 1, 0], [1, 0, 1]]])


def measure(seed, steps):
    """Train both networks and mark each method's maps of 20 new images in which the patch is seen to decide."""
    nets, x, truth, near = trained(seed, steps)
    right = {arm: 100 * ((net(x) > 0) == truth[arm]).float().mean() for arm, net in nets.items()}
    used = ((nets["patch"](x) > 0) != (nets["patch"](torch.where(near, 0, x)) > 0)).flatten()
    x, near = x[used][:20], near[used][:20]
    ink, some, values = x.numpy() > 0, range(len(x)), {}
    for name, method in zip(CONDITIONS, METHODS, strict=True):
        maps = {arm: np.abs(method(net, x)) for arm, net in nets.items()}
        first = maps["patch"]
        values[name] = {
            arm: {
                "pointing": 100 * np.mean([near[n].flatten()[ours[n].argmax()] for n in some]),
                "similarity": np.nan_to_num([spearmanr(ours[n][ink[n]], first[n][ink[n]])[0] for n in some]).mean(),
                "accuracy": right[arm],
            }
            for arm, ours in maps.items()
        }
    return values


def illustrate(seed, steps):
    nets, x, _, _ = trained(seed, steps)
    net, x, names = nets["patch"], x[:1], ("the image", "gradient", "LIME", "LRP", "LRP, random weights")
    maps = [x.numpy(), gradient(net, x), lime(net, x), relevance(net, x), relevance(nets["random"], x)]
    grids = [np.rint(9 * np.abs(m).reshape(12, 12) / np.abs(m).max()).astype(int) for m in maps]
    lines = ["  ".join("".join(2 * " .:-=+*#%@"[v] for v in grid[row]) for grid in grids) for row in range(12)]
    head = "  ".join(name.ljust(24) for name in names)
    return [{"kind": "text", "title": "One image and its maps", "text": "\n".join([head, *lines])}]


def trained(seed, steps):
    """The three networks, test images, what each network should answer, and the pixels in or next to the patch."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    (x, truth, _), nets = composed(rng, np.repeat(order[:180], 10)), {arm: cnn(seed) for arm in ("patch", "digit")}
    for arm, net in nets.items():
        optimizer = torch.optim.Adam(net.parameters(), lr=5e-3, fused=True)
        for batch in torch.randint(len(x), (steps, 32)):
            loss = nn.functional.binary_cross_entropy_with_logits(net(x[batch]), truth[arm][batch])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return nets | {"random": cnn(seed + 1000)}, *composed(rng, order[180:])


def composed(rng, which):
    """12x12 images: an 8x8 digit in a corner, a 3x3 patch beside it, all turned by a multiple of 90 degrees."""
    (x, near), kind = np.zeros((2, len(which), 1, 12, 12)), rng.integers(2, size=len(which))
    for n, image in enumerate(which):
        row, column, turn = rng.integers(10), rng.integers(8, 10), rng.integers(4)
        x[n, 0, :8, :8] = IMAGES[image].reshape(8, 8) / 16
        x[n, 0, row : row + 3, column : column + 3] = PATCHES[kind[n]]
        near[n, 0, max(row - 1, 0) : row + 4, column - 1 : column + 4] = 1
        x[n, 0], near[n, 0] = np.rot90(x[n, 0], turn), np.rot90(near[n, 0], turn)
    patch, digit = (torch.tensor(y, dtype=torch.float32)[:, None] for y in (kind, LABELS[which]))
    return (
        torch.tensor(x, dtype=torch.float32),
        {"patch": patch, "digit": digit, "random": patch},
        torch.tensor(near > 0),
    )


def cnn(seed):
    """12x12 images to one score: above 0 for × or the digit 1. The maps before the mean are 6x6."""
    torch.manual_seed(seed)
    return nn.Sequential(
      nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3, padding=1), nn.ReLU(),
      nn.Conv2d(16, 16, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(16, 1))  # fmt: skip


def gradient(net, x):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(net(x).sum(), x)[0].numpy()


def relevance(net, x):
    """LRP by the z+ rule: a unit hands its relevance to its inputs by what they add to it through positive weights."""
    inputs, found = list(accumulate(net, lambda a, layer: layer(a).detach(), initial=x)), torch.ones(len(x), 1)
    for layer, a in zip(reversed(net), inputs[-2::-1], strict=True):
        a.requires_grad_()
        positive = {name: w.clamp(min=0) * (name == "weight") for name, w in layer.named_parameters()}  # no biases
        z = torch.func.functional_call(layer, positive, a)
        found = (a * torch.autograd.grad(z, a, found / (z.detach() + 1e-9))[0]).detach()
    return found.numpy()


def grad_cam(net, x):
    """Maps of the last convolution, weighted by their mean gradient and summed where they speak for the answer."""
    maps = net[:7](x).detach().requires_grad_()
    weights = torch.autograd.grad(net[7:](maps).abs().sum(), maps)[0].mean((2, 3), keepdim=True)
    cam = (weights * maps).sum(1, True).clamp(min=0).detach()
    return nn.functional.interpolate(cam, (12, 12), mode="bilinear").numpy()


def lime(net, x):
    """A weighted linear model of the score, fitted while random squares of 2x2 pixels are painted black."""
    on = torch.rand(150, 36).round()  # (sample, square)
    masks = on.reshape(-1, 1, 6, 6).repeat_interleave(2, 2).repeat_interleave(2, 3)  # (sample, 1, 12, 12)
    scores = torch.stack([net(x * mask)[:, 0].detach() for mask in masks])  # (sample, image)
    design = torch.cat([on, torch.ones(len(on), 1)], 1)
    near = torch.exp(-((1 - on.mean(1, True)) ** 2) / 0.25)
    fitted = torch.linalg.solve(design.T @ (near * design) + 1e-2 * torch.eye(37), design.T @ (near * scores))
    return fitted[:36].T.reshape(-1, 1, 6, 6).repeat_interleave(2, 2).repeat_interleave(2, 3).numpy()


METHODS = [gradient, lambda net, x: gradient(net, x) * x.numpy(), relevance, grad_cam, lime]
