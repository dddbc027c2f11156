"""Is a deep network without activation functions worth more than one linear layer?

Three networks learn whether a handwritten digit is odd or even: one linear layer, a stack of linear layers with nothing
in between, and the same stack with ReLU. All learning rates of a grid are trained at once (they are the leading axis of
every weight), and each network is judged at the rate that is best for it on a validation set. Then the matrices of the
linear stack are multiplied into one, and we ask whether that single matrix gives the same answers. Finally the two
linear networks are compared at the *same* learning rate: the same set of functions, but is it the same training?

What would change the outcome: data whose classes a plane can separate (then nothing is gained by ReLU either), or a
stack with a layer narrower than its input and output, which can represent fewer functions than one layer.
"""

from itertools import pairwise

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "linear": "one linear layer",
    "deep-linear": "a stack of linear layers",
    "deep-relu": "the same stack with ReLU in between",
}
MEASURES = {
    "accuracy": {"says": "test accuracy at the best rate", "unit": "%", "better": "higher"},
    "gap": {"says": "largest difference from the multiplied-out matrix, relative", "log": True, "better": "lower"},
    "loss": {
        "says": "training loss after a tenth of the steps, rate 0.1",
        "unit": "nats",
        "log": True,
        "better": "lower",
    },
}
PARAMETERS = {
    "depth": {"says": "linear layers in a stack", "default": 5, "low": 2, "high": 10},
    "steps": {"says": "mini-batch steps", "default": 300, "low": 50, "high": 600},
}
CLAIMS = {
    "collapse": {
        "says": "A trained stack of linear layers is one linear layer: the product of its matrices gives the same "
        "outputs, to within a ten-thousandth of their size.",
        "test": "gap: deep-linear < 0.0001",
        "check": "accuracy: deep-linear > 80",
    },
    "depth-alone": {
        "says": "Depth makes a network more expressive even without activation functions: at least 2 points more.",
        "test": "accuracy: deep-linear > linear + 2",
    },
    "relu-pays": {
        "says": "ReLU between the same layers brings at least 5 points of accuracy over the linear stack.",
        "test": "accuracy: deep-relu > deep-linear + 5",
    },
    "same-training": {
        "says": "As both are linear, both train alike: at the same learning rate their losses agree within 10 % after "
        "a tenth of the steps.",
        "test": "loss: deep-linear == linear */ 1.1",
    },
}
SOURCES = ["gbc-6", "saxe-2014"]
BUDGET_S = 10

IMAGES, LABELS = load_digits(return_X_y=True)
RATES = torch.tensor([0.03, 0.1, 0.3, 1.0])
WIDTH = 64


def measure(seed, depth, steps):
    """Train each arm at every rate on the same batches."""
    train, validation, test = split(seed)
    result = {}
    for arm in ARMS:
        layers, losses = fit(arm, seed, train, depth, steps)
        best = accuracy(arm, layers, validation).argmax()
        outputs = forward(arm, layers, test[0])[best]  # (image, 2)
        collapsed = test[0] @ torch.linalg.multi_dot([torch.eye(64), *(layer[best] for layer in layers)])
        result[arm] = {
            "accuracy": accuracy(arm, layers, test)[best],
            "gap": (outputs - collapsed).abs().max() / outputs.abs().max() + 1e-12,
            "loss": losses[steps // 10 - 5 : steps // 10 + 5, 1].mean(),
        }
    return result


def illustrate(seed, depth, steps):
    """The training loss of the three at one rate, for one seed."""
    train, _, _ = split(seed)
    lines = {arm: fit(arm, seed, train, depth, steps)[1][:, 1].tolist() for arm in ARMS}
    title, x_label, y_label = "Training loss at rate 0.1", "step", "loss (nats)"
    x = list(range(steps))
    return [{"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "x": x, "lines": lines}]


def split(seed):
    """Training, validation and test set: images as standardised pixels, labels 1 for odd digits."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x = torch.tensor(IMAGES[order] / 8 - 1, dtype=torch.float32)
    y = torch.tensor(LABELS[order] % 2)
    return (x[:900], y[:900]), (x[900:1200], y[900:1200]), (x[1200:], y[1200:])


def fit(arm, seed, train, depth, steps):
    """Plain SGD at all rates at once: weights of the shape (rate, inputs, outputs), and the loss by (step, rate)."""
    torch.manual_seed(seed)
    sizes = [64, 2] if arm == "linear" else [64, *[WIDTH] * (depth - 1), 2]
    gain = 2 if arm == "deep-relu" else 1  # variance gain / fan-in: He for ReLU, 1 / fan-in for linear layers
    layers = [torch.randn(n, m).mul((gain / n) ** 0.5).repeat(len(RATES), 1, 1) for n, m in pairwise(sizes)]
    batches = torch.randint(len(train[0]), (steps, 64), generator=torch.Generator().manual_seed(seed))
    losses = torch.empty(steps, len(RATES))
    for step, batch in enumerate(batches):
        for layer in layers:
            layer.requires_grad_()
        scores = forward(arm, layers, train[0][batch])  # (rate, image, 2)
        target = train[1][batch].repeat(len(RATES))
        loss = F.cross_entropy(scores.flatten(0, 1), target, reduction="none").view(len(RATES), -1).mean(1)
        gradients = torch.autograd.grad(loss.sum(), layers)
        layers = [w.detach() - RATES.view(-1, 1, 1) * g for w, g in zip(layers, gradients, strict=True)]
        losses[step] = loss.detach()
    return layers, losses


def forward(arm, layers, x):
    """Outputs of the networks of every rate."""
    h = x @ layers[0]
    for layer in layers[1:]:
        h = (h.relu() if arm == "deep-relu" else h) @ layer
    return h


def accuracy(arm, layers, data):
    """Percentage right, by rate; a network that diverged counts as all wrong."""
    scores = forward(arm, layers, data[0])
    return 100 * ((scores.argmax(2) == data[1]) & scores.isfinite().all(2)).float().mean(1)
