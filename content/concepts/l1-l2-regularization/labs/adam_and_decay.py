"""Is L2 regularisation the same as weight decay?

A small network learns from 200 digits, a fifth of them with wrong labels. In one arm the squared weights are added to
the loss; in the other each step shrinks the weights directly, by the same coefficient times the learning rate. Both are
done with plain SGD and with Adam. The networks of all coefficients are trained side by side; one coefficient is
compared as it stands, and for accuracy each arm takes the coefficient that is best on a validation set.

What would change the outcome: a much smaller coefficient, under which both do next to nothing. With momentum the two
part a little under SGD as well. The learning rates are fixed, one for each optimiser and the same for both arms; some
pixels are never inked, so their gradients are zero and L2 under Adam has them to itself. At equal coefficients decay
hardly shrinks anything, but raising it a hundredfold, which makes the weights about as short as those of L2, did not
single out the rare pixels on the three seeds looked at. The accuracies are of one small network and one data set.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {"l2": "squared weights in the loss", "decay": "weights shrunk at each step (decoupled)"}
MEASURES = {
    "norm": {"says": "length of all weights at the coefficient", "log": True},
    "quiet": {"says": "weights of rarely used pixels over those of busy pixels", "log": True},
    "accuracy": {"says": "test accuracy at each arm's best coefficient", "unit": "%", "better": "higher"},
}
AXIS = "optimiser"
CONDITIONS = ["SGD", "Adam"]
PARAMETERS = {
    "coefficient": {"says": "coefficient of L2 and of decay", "default": 0.01, "low": 0.0001, "high": 0.1},
    "wrong": {"says": "training labels that are wrong", "unit": "%", "default": 20, "low": 0, "high": 40},
    "steps": {"says": "training steps", "default": 200, "low": 100, "high": 600},
}
CLAIMS = {
    "l2-equals-decay": {
        "says": "L2 regularisation equals weight decay: with the same coefficient, weight lengths agree to 2 %.",
        "test": "norm: l2 == decay */ 1.02",
    },
    "rare-pulled-harder": {
        "says": "Under Adam, L2 shrinks rare pixels' weights, relative to busy ones, at least 1.2 times as much.",
        "test": "quiet: l2 < decay / 1.2",
        "conditions": ["Adam"],
    },
    "decoupled-generalises-better": {
        "says": "With Adam on this small network, tuned decay beats tuned L2 by at least a point of test accuracy.",
        "test": "accuracy: decay > l2 + 1",
        "conditions": ["Adam"],
    },
}
SOURCES = ["loshchilov-2019"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = {"SGD": 0.2, "Adam": 0.005}
TUNED = [0.0, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0]
HIDDEN = 32


def measure(seed, coefficient, wrong, steps):
    """Train all coefficients of both arms under both optimisers on one split."""
    x, y = split(seed, wrong)
    ink = x[:200].std(0).argsort()  # pixels, those that hardly change first
    values = {}
    for condition in CONDITIONS:
        values[condition] = {}
        for arm in ARMS:
            w1, b1, w2, b2 = weights = trained(seed, x[:200], y[:200], condition, arm, [coefficient, *TUNED], steps)  # noqa: RUF059
            right = (network(weights, x[200:]).argmax(2) == y[200:]).float()  # (coefficient, example)
            best = 1 + right[1:, :400].mean(1).argmax()
            values[condition][arm] = {
                "norm": torch.cat([w1[0].flatten(), w2[0].flatten()]).norm(),
                "quiet": w1[0, ink[:16]].norm() / w1[0, ink[-16:]].norm(),
                "accuracy": 100 * right[best, 400:].mean(),
            }
    return values


def trained(seed, x, y, optimiser, arm, coefficients, steps):
    """The parameters after training, one network for each coefficient on the leading axis."""
    torch.manual_seed(seed)
    shapes = ((64, HIDDEN), (1, HIDDEN), (HIDDEN, 10), (1, 10))
    start = [torch.randn(shape) * (2 / shape[0]) ** 0.5 if shape[0] > 1 else torch.zeros(shape) for shape in shapes]
    weights = [p.repeat(len(coefficients), 1, 1).requires_grad_() for p in start]
    decayed = (weights[0], weights[2])  # biases are left alone
    strength, rate = torch.tensor(coefficients)[:, None, None], RATES[optimiser]
    method = torch.optim.SGD if optimiser == "SGD" else torch.optim.Adam
    step = method(weights, lr=rate, fused=True)
    for _ in range(steps):
        batch = torch.randint(len(x), (50,))
        loss = cross_entropy(network(weights, x[batch]), y[batch])
        if arm == "l2":
            loss = loss + sum((strength / 2 * w**2).sum() for w in decayed)
        step.zero_grad()
        loss.backward()
        if arm == "decay":
            with torch.no_grad():
                for w in decayed:
                    w.mul_(1 - rate * strength)
        step.step()
    return [w.detach() for w in weights]


def network(weights, x):
    """Logits (coefficient, example, class) of one hidden layer."""
    w1, b1, w2, b2 = weights
    return torch.relu(x @ w1 + b1) @ w2 + b2


def cross_entropy(logits, y):
    """Mean over examples, summed over the networks, which do not touch one another."""
    return F.cross_entropy(logits.flatten(0, 1), y.repeat(len(logits)), reduction="sum") / len(y)


def split(seed, wrong):
    """Digits in a new order; some of the first 200 labels are replaced by random others."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(IMAGES))
    x, y = torch.tensor(IMAGES[order] / 16, dtype=torch.float32), torch.tensor(LABELS[order])
    flipped = torch.arange(round(2 * wrong))
    y[flipped] = (y[flipped] + torch.tensor(rng.integers(1, 10, len(flipped)))) % 10
    return x, y


def illustrate(seed, coefficient, wrong, steps):
    """How long the weights of each pixel are under Adam, as a picture of the digit's square."""
    x, y = split(seed, wrong)
    shown = []
    for arm in ARMS:
        w1 = trained(seed, x[:200], y[:200], "Adam", arm, [coefficient], steps)[0]
        values = w1[0].norm(dim=1).reshape(8, 8).tolist()
        shown.append(
            {"kind": "matrix", "title": f"Length of each pixel's weights, Adam, {ARMS[arm]}", "values": values}
        )
    return shown
