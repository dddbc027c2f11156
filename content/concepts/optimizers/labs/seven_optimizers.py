"""Which optimizer is best for a small CNN, once each has a tuned learning rate?

One small convolutional network learns to read handwritten digits with seven optimizers, each at its default learning
rate and at 3, 10, 30 and 100 times that. All 35 networks start from the same weights, see the same batches and train
side by side: one convolution holds the kernels of all. The update rules are written out below. The default rate of an
optimizer is the one that is commonly proposed for it; the tuned rate has the best accuracy on a validation set.

What would change the outcome: the budget (few steps favour the adaptive methods), schedules, sparse features, badly
scaled layers, or a transformer in place of the CNN, for which Adam is the usual choice.
"""

import numpy as np
import torch
from sklearn.datasets import load_digits
from torch.nn import functional as F

ARMS = {
    "sgd": "plain SGD",
    "momentum": "SGD with momentum 0.9",
    "nesterov": "SGD with Nesterov's momentum 0.9",
    "adagrad": "Adagrad",
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "adamw": "AdamW, weight decay 0.01",
}
MEASURES = {
    "accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"},
    "rate": {"says": "learning rate", "log": True},
}
CONDITIONS = ["default rate", "tuned rate"]
AXIS = "how the learning rate was chosen"
PARAMETERS = {
    "steps": {"says": "mini-batch steps", "default": 200, "low": 30, "high": 800},
    "samples": {"says": "training images", "default": 600, "low": 100, "high": 1000},
}
CLAIMS = {
    "adam-best": {
        "says": "Adam is the best choice for CNNs: at least 1 point more accurate than SGD with momentum.",
        "test": "accuracy: adam > momentum + 1",
    },
    "momentum-matches": {
        "says": "With tuned rates SGD with momentum matches Adam to within 1 point.",
        "test": "accuracy: momentum == adam +- 1",
        "conditions": ["tuned rate"],
    },
    "momentum-pays": {
        "says": "Momentum makes plain SGD at least 1 point more accurate.",
        "test": "accuracy: momentum > sgd + 1",
    },
    "adamw-adam": {
        "says": "AdamW with its usual weight decay beats Adam by at least half a point.",
        "test": "accuracy: adamw > adam + 0.5",
    },
}
SOURCES = ["kingma-2015", "loshchilov-2019", "wilson-2017", "choi-2019"]
BUDGET_S = 20

IMAGES, LABELS = load_digits(return_X_y=True)
DEFAULTS = torch.tensor([0.01, 0.01, 0.01, 0.01, 0.001, 0.001, 0.001])
RATES = DEFAULTS[:, None] * torch.tensor([1, 3, 10, 30, 100])  # (arm, rate)
NETS, CHANNELS = RATES.numel(), 8


def measure(seed, steps, samples):
    """Train all networks; read off the default rate of each optimizer and the one that validates best."""
    right = fit(seed, steps, samples)[0]
    result = {condition: {} for condition in CONDITIONS}
    for (arm, (validation, test)), rates in zip(right.items(), RATES, strict=True):
        for condition, chosen in (("default rate", 0), ("tuned rate", validation.argmax())):
            result[condition][arm] = {"accuracy": test[chosen], "rate": rates[chosen]}
    return result


def illustrate(seed, steps, samples):
    """Test accuracy by rate, and the training loss at the tuned rates, for one seed."""
    right, losses = fit(seed, steps, samples)
    by_rate = {arm: test.tolist() for arm, (_, test) in right.items()}
    smooth = losses.unfold(0, 10, 10).mean(2)  # (ten steps, arm, rate)
    by_step = {arm: smooth[:, i, right[arm][0].argmax()].tolist() for i, arm in enumerate(ARMS)}
    first = {
        "title": "Accuracy by learning rate",
        "x_label": "rate / default rate, log10",
        "y_label": "test accuracy (%)",
    }
    second = {"title": "Training loss, tuned rates", "x_label": "step", "y_label": "loss (nats)", "log_y": True}
    first |= {"kind": "curves", "x": [0, 0.48, 1, 1.48, 2], "lines": by_rate}
    return [first, second | {"kind": "curves", "x": [10 * i + 5 for i in range(len(smooth))], "lines": by_step}]


def fit(seed, steps, samples):
    """By arm: validation and test accuracy at every rate; and all losses (step, arm, rate)."""
    order = np.random.default_rng(seed).permutation(len(IMAGES))
    x = torch.tensor(IMAGES[order].reshape(-1, 1, 8, 8) / 8 - 1, dtype=torch.float32)
    y = torch.tensor(LABELS[order])
    torch.manual_seed(seed)
    one = [torch.randn(CHANNELS, 1, 3, 3) * (2 / 9) ** 0.5, torch.zeros(CHANNELS)]
    one += [torch.randn(16 * CHANNELS, 10) / (16 * CHANNELS) ** 0.5, torch.zeros(1, 10)]
    net = [p.expand(*RATES.shape, *p.shape).clone() for p in one]  # (arm, rate, ...)
    memory = [[(torch.zeros_like(p[0]), torch.zeros_like(p[0]))] * len(ARMS) for p in net]  # of each rule
    losses = torch.empty(steps, NETS)
    for step, batch in enumerate(torch.randint(samples, (steps, 32))):
        net = [p.requires_grad_() for p in net]
        scores = forward(net, x[batch])
        loss = F.cross_entropy(scores.flatten(0, 1), y[batch].repeat(NETS), reduction="none").view(NETS, -1).mean(1)
        gradients = torch.autograd.grad(loss.sum(), net)
        losses[step] = loss.detach()
        with torch.no_grad():
            for p, g, kept in zip(net, gradients, memory, strict=True):
                for i, arm in enumerate(ARMS):
                    rate = RATES[i].view(-1, *[1] * (p.dim() - 2))
                    kept[i], change = update(arm, p[i], g[i], kept[i], rate, step + 1)
                    p[i] -= change
        net = [p.detach() for p in net]
    with torch.no_grad():
        right = (forward(net, x[1000:]).argmax(2) == y[1000:]).view(*RATES.shape, -1).float() * 100
    found = {arm: (r[:, :300].mean(1), r[:, 300:].mean(1)) for arm, r in zip(ARMS, right, strict=True)}
    return found, losses.view(steps, *RATES.shape)


def forward(net, x):
    """Scores (network, image, class) of convolution, ReLU, max pooling and a linear layer."""
    kernels, biases, weights, offsets = (p.flatten(0, 1) for p in net)
    maps = F.conv2d(x, kernels.flatten(0, 1), biases.flatten(), padding=1)  # one image, the kernels of all networks
    maps = F.max_pool2d(maps.relu(), 2).view(len(x), NETS, -1).transpose(0, 1)  # (network, image, 16 * CHANNELS)
    return torch.baddbmm(offsets, maps, weights)


def update(arm, p, g, kept, rate, t):
    """What one step subtracts from the parameters, and what the rule remembers for the next one."""
    m, v = kept
    if arm == "sgd":
        return (m, v), rate * g
    if arm == "momentum":
        m = 0.9 * m + g
        return (m, v), rate * m
    if arm == "nesterov":
        m = 0.9 * m + g
        return (m, v), rate * (g + 0.9 * m)
    if arm == "adagrad":
        v = v + g**2
        return (m, v), rate * g / (v.sqrt() + 1e-10)
    if arm == "rmsprop":
        v = 0.99 * v + 0.01 * g**2
        return (m, v), rate * g / (v.sqrt() + 1e-8)
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    change = rate * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)).sqrt() + 1e-8)
    return (m, v), change + (rate * 0.01 * p if arm == "adamw" else 0)
