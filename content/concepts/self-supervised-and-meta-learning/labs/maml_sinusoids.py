"""Does MAML learn to learn, or does any pre-training do?

A task is a sine wave of its own height and phase, of which 10 points are known (Finn et al. 2017). Networks start from
weights that MAML prepared, by differentiating through one step of its own adaptation; from weights trained on the same
waves jointly, as in ordinary pre-training; or from random weights. Each adapts to new waves by a few steps of gradient
descent, at a learning rate that is the best of four on other waves. In the fourth arm only the last layer of MAML's
network adapts. Seeds and tasks are trained together: every tensor has the network as its first axis.

What would change the outcome: phases over a full turn (360 degrees). The average wave is then zero, joint training no
better a start than random weights, and the last layer alone comes much closer. With enough steps any start may do.
"""

import numpy as np
import torch

ARMS = {
    "maml": "weights prepared by MAML",
    "joint": "weights trained on all waves jointly",
    "scratch": "random weights",
    "head": "weights prepared by MAML; only the last layer adapts",
}
MEASURES = {"error": {"says": "mean squared error on new points of a new wave", "log": True, "better": "lower"}}
CONDITIONS = ["0", "1", "5", "10"]
AXIS = "steps of adaptation"
PARAMETERS = {
    "iterations": {"says": "iterations of meta-training", "default": 1500, "low": 100, "high": 3000},
    "points": {"says": "known points of a new wave", "default": 10, "low": 3, "high": 40},
    "phases": {"says": "range of phases", "unit": "degrees", "default": 180, "low": 0, "high": 360},
}
CLAIMS = {
    "beats-joint": {
        "says": "After the same few steps, MAML's weights leave at most half of the error of jointly trained ones.",
        "test": "error: maml < joint / 2",
        "conditions": ["1", "5", "10"],
    },
    "same-before": {
        "says": "Before any step MAML's weights are about as wrong as joint ones, within a factor of 1.5.",
        "test": "error: maml == joint */ 1.5",
        "conditions": ["0"],
    },
    "joint-is-useless": {
        "says": "Joint pre-training is useless on these waves: no better a start than random, within a factor of 1.5.",
        "test": "error: joint == scratch */ 1.5",
        "conditions": ["1", "5", "10"],
    },
    "feature-reuse": {
        "says": "MAML works by reusing features: on waves the last layer alone adapts as well, within a factor of 1.5.",
        "test": "error: head == maml */ 1.5",
        "conditions": ["1", "5", "10"],
    },
}
SOURCES = ["finn-2017-maml", "raghu-2020"]
BATCH = 4
BUDGET_S = 20
SIZES = [(1, 40), (40, 40), (40, 1)]
TASKS, RATES = 16, (0.003, 0.01, 0.03, 0.1)


def measure_batch(seeds, iterations, points, phases):
    """Prepare three starts for each seed, then adapt each to 40 new waves."""
    starts, rng = prepared(seeds, iterations, points, phases), [np.random.default_rng(seed + 10_000) for seed in seeds]
    tuning, new = waves(rng, 40, points, phases), waves(rng, 40, points, phases)
    values = [{condition: {} for condition in CONDITIONS} for _ in seeds]
    for arm in ARMS:
        start = starts["maml" if arm == "head" else arm]
        tuned, found = (torch.stack([errors(start, w, r, arm == "head") for r in RATES]) for w in (tuning, new))
        best = found.gather(0, tuned.nan_to_num(torch.inf).argmin(0, keepdim=True))[0]  # (condition, seed)
        for c, n in np.ndindex(*best.shape):
            values[n][CONDITIONS[c]][arm] = {"error": best[c, n].item()}
    return values


def illustrate(seed, iterations, points, phases):
    """The tallest of eight new waves, and how networks from two starts adapt to its known points."""
    starts, shown = prepared([seed], iterations, points, phases), []
    x, y, _, _ = waves([np.random.default_rng(seed + 20_000)], 8, 100, phases)
    x, y = (v[y.abs().amax((1, 2)).argmax()][None] for v in (x, y))
    order = x.flatten().argsort()
    for arm, title in (("maml", "Weights of MAML adapt to a wave"), ("joint", "Jointly trained weights adapt to it")):
        weights, lines = [w.requires_grad_() for w in starts[arm]], {"the wave": y[0, order, 0].tolist()}
        for n in range(11):
            if n in (0, 1, 10):
                lines[f"steps: {n}"] = predict(weights, x)[0, order, 0].tolist()
            weights = step(weights, x[:, :points], y[:, :points], rate=0.01)
        labels = {"title": title, "x_label": f"x ({points} points of 100 known)", "y_label": "y"}
        shown.append({"kind": "curves", "x": x[0, order, 0].tolist(), "lines": lines, **labels})
    return shown


def prepared(seeds, iterations, points, phases):
    """Weights of each seed after MAML, after joint training on the same waves, and at random."""
    rng = [np.random.default_rng(seed) for seed in seeds]
    starts = {arm: network(seeds) for arm in ("maml", "joint", "scratch")}
    optimizer = torch.optim.Adam([*starts["maml"], *starts["joint"]], lr=5e-3, fused=True)
    decay = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.02, iterations)
    for _ in range(iterations):
        x, y, x_new, y_new = waves(rng, TASKS, points, phases)
        copies = [w.repeat_interleave(TASKS, 0) for w in starts["maml"]]  # one for each task
        adapted = step(copies, x, y, rate=0.01, create_graph=True)
        meta = ((predict(adapted, x_new) - y_new) ** 2).mean((1, 2)).sum() / TASKS
        all_x, all_y = (torch.cat(pair, 1).reshape(len(seeds), -1, 1) for pair in ((x, x_new), (y, y_new)))
        joint = ((predict(starts["joint"], all_x) - all_y) ** 2).mean((1, 2)).sum()
        optimizer.zero_grad()
        (meta + joint).backward()
        optimizer.step()
        decay.step()
    return {arm: [p.detach() for p in weights] for arm, weights in starts.items()}


def errors(start, tasks, rate, head):
    """Mean squared error on new points after 0, 1, 5 and 10 steps: (condition, seed)."""
    x, y, x_new, y_new = tasks
    weights, found = [w.repeat_interleave(len(x) // len(w), 0) for w in start], []
    for n in range(11):
        if str(n) in CONDITIONS:
            found.append(((predict(weights, x_new) - y_new) ** 2).reshape(len(start[0]), -1).mean(1).detach())
        weights = [w.detach().requires_grad_() for w in weights]
        moved = step(weights, x, y, rate)
        weights = [*weights[:-2], *moved[-2:]] if head else moved
    return torch.stack(found)


def step(weights, x, y, rate, create_graph=False):
    """One step of gradient descent for every network on its own points."""
    loss = ((predict(weights, x) - y) ** 2).mean((1, 2)).sum()
    slopes = torch.autograd.grad(loss, weights, create_graph=create_graph)
    return [w - rate * g for w, g in zip(weights, slopes, strict=True)]


def predict(weights, x):
    """(network, point, 1) to (network, point, 1)."""
    w1, b1, w2, b2, w3, b3 = weights
    return torch.baddbmm(b3, torch.baddbmm(b2, torch.baddbmm(b1, x, w1).relu(), w2).relu(), w3)


def network(seeds):
    """Weights and biases of each seed, uniform in ±1/sqrt(inputs) as in PyTorch's linear layers."""
    rng = [torch.Generator().manual_seed(seed) for seed in seeds]
    shapes = [(shape, n) for n, width in SIZES for shape in ((n, width), (1, width))]
    found = [torch.stack([2 * torch.rand(shape, generator=r) - 1 for r in rng]) / n**0.5 for shape, n in shapes]
    return [p.requires_grad_() for p in found]


def waves(rng, tasks, points, phases):
    """Known points and 10 new ones of waves of height 0.1 to 5: each (seed x task, point, 1)."""
    height = np.concatenate([r.uniform(0.1, 5, (tasks, 1, 1)) for r in rng])
    phase = np.concatenate([r.uniform(0, np.radians(phases), (tasks, 1, 1)) for r in rng])
    x = np.concatenate([r.uniform(-5, 5, (tasks, points + 10, 1)) for r in rng])
    x, y = (torch.tensor(v, dtype=torch.float32) for v in (x, height * np.sin(x - phase)))
    return x[:, :points], y[:, :points], x[:, points:], y[:, points:]
