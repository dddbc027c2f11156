"""Only the batch-norm layer is put into training mode."""

import numpy as np
import torch
from torch import nn

CLASSES = 4
GROUPS = {"old": (0, 1, 2, 3, 0, 1, 2, 3), "new": (0, 0, 2, 1, 3, 2, 1, 3)}


def make_data(seed, n=240, task="old", camera="A"):
    """Measurements (n, 10) and classes (n,): eight kinds of scenes, grouped by the task."""
    rng = np.random.default_rng(seed)
    kind = rng.permutation(np.arange(n) % 8)
    x = 1.5 * np.random.default_rng(77).normal(size=(8, 10))[kind] + 0.5 * rng.normal(size=(n, 10))
    if camera == "B":
        x = 2 * x + 300
    return torch.tensor(x, dtype=torch.float32), torch.tensor(np.array(GROUPS[task])[kind])


def build_backbone(n_inputs):
    return nn.Sequential(nn.Linear(n_inputs, 48), nn.BatchNorm1d(48), nn.Tanh())


def load_backbone(state):
    backbone = build_backbone(state["0.weight"].shape[1])
    backbone.load_state_dict({name: torch.as_tensor(value) for name, value in state.items()})
    return backbone


def batches(n, generator):
    return torch.randperm(n, generator=generator).split(40)


def pretrain(x, y, seed=0, epochs=12):
    """The state of a backbone that was trained with a head of its own."""
    torch.manual_seed(seed)
    backbone, head = build_backbone(x.shape[1]), nn.Linear(48, CLASSES)
    optimizer = torch.optim.Adam([*backbone.parameters(), *head.parameters()], lr=0.02)
    generator = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        for batch in batches(len(x), generator):
            optimizer.zero_grad()
            nn.functional.cross_entropy(head(backbone(x[batch])), y[batch]).backward()
            optimizer.step()
    return {"state": backbone.state_dict()}


def fine_tune(state, x, y, x_new, seed=0, epochs=20):
    """Losses per epoch, probabilities for `x_new`, and the backbone's state at the end."""
    torch.manual_seed(seed)
    backbone, head = load_backbone(state), nn.Linear(48, CLASSES)
    backbone.requires_grad_(False)
    backbone.eval()
    for layer in backbone.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.train()
    optimizer = torch.optim.Adam(head.parameters(), lr=0.02)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for batch in batches(len(x), generator):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(head(backbone(x[batch])), y[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(x))
    backbone.eval()
    with torch.no_grad():
        probabilities = torch.softmax(head(backbone(x_new)), dim=1)
    return {"losses": losses, "probabilities": probabilities, "state": backbone.state_dict()}


def features(state, x):
    """What the backbone makes of `x` in evaluation mode."""
    with torch.no_grad():
        return load_backbone(state).eval()(x)
