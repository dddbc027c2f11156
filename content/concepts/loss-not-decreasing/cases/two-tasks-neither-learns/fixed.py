"""Tell the kind of fault of a machine, and the warmth of its bearing, from eight sensor values."""

import numpy as np
import torch
from torch import nn

KINDS = 3


def make_data(seed, n=256):
    """Sensor values (n, 8), kinds of fault (n,), warmth of the bearing (n,) in standard deviations."""
    rng = np.random.default_rng(seed)
    kind = rng.permutation(np.arange(n) % KINDS)
    x = np.random.default_rng(3).normal(size=(KINDS, 8))[kind] + 0.6 * rng.normal(size=(n, 8))
    warmth = 0.7 * x[:, 0] - 0.5 * x[:, 1] + 0.3 * x[:, 2] + 0.1 * rng.normal(size=n)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(kind), torch.tensor(warmth, dtype=torch.float32)


class TwoHeads(nn.Module):
    """A shared layer, and one output layer for each task."""

    def __init__(self, n_inputs):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(n_inputs, 24), nn.Tanh())
        self.kind = nn.Linear(24, KINDS)
        self.warmth = nn.Linear(24, 1)

    def forward(self, x):
        shared = self.trunk(x)
        return self.kind(shared), self.warmth(shared).squeeze(1)


def build_model(n_inputs, seed):
    torch.manual_seed(seed)
    return TwoHeads(n_inputs)


def task_losses(model, x, kind, warmth):
    logits, predicted = model(x)
    return [nn.functional.cross_entropy(logits, kind), nn.functional.mse_loss(predicted, warmth)]


def combine(losses, warmth_weight):
    """The weighted sum of the two losses."""
    weights = torch.tensor([1.0, warmth_weight])
    values = torch.stack(losses)
    return (weights * values).sum()


def train(x, kind, warmth, x_new, seed=0, epochs=40, lr=0.05, warmth_weight=1.0):
    """Losses per epoch, and for each row of `x_new` the probabilities of the kinds and the warmth."""
    model = build_model(x.shape[1], seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    history = {"losses": [], "kind_losses": [], "warmth_losses": []}
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(64):
            optimizer.zero_grad()
            total = combine(task_losses(model, x[batch], kind[batch], warmth[batch]), warmth_weight)
            total.backward()
            optimizer.step()
        with torch.no_grad():
            losses = task_losses(model, x, kind, warmth)
            history["losses"].append(combine(losses, warmth_weight).item())
            history["kind_losses"].append(losses[0].item())
            history["warmth_losses"].append(losses[1].item())
    with torch.no_grad():
        logits, predicted = model(x_new)
    return {**history, "probabilities": torch.softmax(logits, dim=1), "warmth": predicted}


def gradient_norms(x, kind, warmth, seed=0, warmth_weight=1.0):
    """Norm of each parameter's gradient after one backward pass; 0 where there is none."""
    model = build_model(x.shape[1], seed)
    combine(task_losses(model, x, kind, warmth), warmth_weight).backward()
    return {name: 0.0 if p.grad is None else p.grad.norm().item() for name, p in model.named_parameters()}


def origin_of_total(x, kind, warmth, seed=0, warmth_weight=1.0):
    """The operations that made the total, the last one first."""
    node = combine(task_losses(build_model(x.shape[1], seed), x, kind, warmth), warmth_weight).grad_fn
    names = []
    while node is not None:
        names.append(type(node).__name__)
        parents = [parent for parent, _ in node.next_functions if parent is not None]
        node = parents[0] if parents else None
    return names
