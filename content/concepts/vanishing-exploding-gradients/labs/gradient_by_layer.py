"""What happens to the gradient on its way to the first layer of a deep network, and what keeps it alive?

Deep stacks of equally wide layers are built but not trained. One batch goes forward, the gradient of a random linear
loss comes back, and we compare its norm with respect to the output of the first layer with that at the last layer. A
ratio of 1 means that the error arrives as strong as it left; a millionth, that it vanished; a million, that it blew up.
The stacks are plain, residual (x + layer), batch-normalised before the activation, or both.

What would change the outcome: the depth (try 10 layers), the initialisation, and training itself, of which this is the
first step only. And a ratio of 1 is no proof of good gradients: in deep plain networks those of neighbouring inputs
come to look like unrelated noise (Balduzzi et al. 2017), which a norm does not show.
"""

import torch

ARMS = {
    "plain": "layer after layer",
    "residual": "each layer is added to its input",
    "batch-norm": "batch norm before each activation",
    "residual-norm": "residual, with batch norm in each branch",
}
MEASURES = {
    "ratio": {"says": "gradient norm at the first layer / at the last", "log": True},
    "signal": {"says": "activations of the last layer / of the first (root mean square)", "log": True},
}
CONDITIONS = ["sigmoid, Xavier", "tanh, Xavier", "ReLU, He", "ReLU, a sixth of He"]
AXIS = "activation and initialisation"
PARAMETERS = {
    "depth": {"says": "layers", "default": 50, "low": 5, "high": 80},
    "width": {"says": "units per layer", "default": 64, "low": 16, "high": 128},
}
CLAIMS = {
    "deep-vanishes": {
        "says": "In a deep plain network gradients vanish: less than a thousandth arrives at the first layer.",
        "test": "ratio: plain < 0.001",
    },
    "skips-solve": {
        "says": "Skip connections solve vanishing gradients: where less than a thousandth arrives without them, "
        "at least a tenth arrives with them.",
        "test": "ratio: residual > 0.1",
        "check": "ratio: plain < 0.001",
        "conditions": ["sigmoid, Xavier", "ReLU, a sixth of He"],
    },
    "norm-cures": {
        "says": "Batch norm cures vanishing and exploding gradients: the ratio is within a factor of 10 of 1.",
        "test": "ratio: batch-norm == 1 */ 10",
    },
    "both-cure": {
        "says": "Skip connections together with batch norm keep the ratio within a factor of 10 of 1.",
        "test": "ratio: residual-norm == 1 */ 10",
    },
}
SOURCES = ["he-2016-mappings", "yang-2019", "balduzzi-2017"]
BUDGET_S = 10

EXAMPLES = 128
GAINS = dict(zip(CONDITIONS, [1, 1, 2, 1 / 3], strict=True))  # variance of the weights x fan-in; 1/3: PyTorch's default


def measure(seed, depth, width):
    """Both ratios of every arm, from one forward and one backward pass each."""
    result = {condition: {} for condition in CONDITIONS}
    for condition in CONDITIONS:
        for arm in ARMS:
            gradients, signals = passed(seed, condition, arm, depth, width)
            taken = {"ratio": gradients[0] / gradients[-1], "signal": signals[-1] / signals[0]}
            result[condition][arm] = taken
    return result


def illustrate(seed, depth, width):
    """The gradient's norm by layer, relative to the last layer's, for one seed."""
    shown = []
    for condition in CONDITIONS:
        norms = {arm: passed(seed, condition, arm, depth, width)[0] for arm in ARMS}
        lines = {arm: (line / line[-1]).tolist() for arm, line in norms.items()}
        title, x_label, y_label = f"Gradient by layer: {condition}", "layer", "gradient norm / that of the last layer"
        figure = {"kind": "curves", "title": title, "x_label": x_label, "y_label": y_label, "log_y": True}
        shown.append(figure | {"x": list(range(1, depth + 1)), "lines": lines})
    return shown


def passed(seed, condition, arm, depth, width):
    """Norm of the gradient with respect to the output of each layer, and the root mean square of that output."""
    torch.manual_seed(seed)
    activation = {"s": torch.sigmoid, "t": torch.tanh, "R": torch.relu}[condition[0]]
    h = torch.randn(EXAMPLES, width, dtype=torch.double, requires_grad=True)
    outputs = []
    for _ in range(depth):
        z = h @ (torch.randn(width, width, dtype=torch.double) * (GAINS[condition] / width) ** 0.5)  # (example, unit)
        if arm in ("batch-norm", "residual-norm"):
            z = (z - z.mean(0)) / (z.var(0, unbiased=False) + 1e-5).sqrt()
        h = h + activation(z) if arm in ("residual", "residual-norm") else activation(z)
        outputs.append(h)
    loss = (h * torch.randn(width, dtype=torch.double)).sum()
    gradients = torch.autograd.grad(loss, outputs)
    return torch.stack([g.norm() for g in gradients]), [h.square().mean().sqrt() for h in outputs]
