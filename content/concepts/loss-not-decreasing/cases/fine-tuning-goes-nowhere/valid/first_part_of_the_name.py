"""The first part of the name decides, and the optimiser only gets what is trained."""

import numpy as np
import torch
from torch import nn

CLASSES = 4
TRAINED = ("head", "log_temperature")


def make_data(seed, n=240):
    """Measurements (n, 10) and the class (n,) of each part."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(n) % CLASSES)
    x = 1.2 * np.random.default_rng(8).normal(size=(CLASSES, 10))[y] + 0.5 * rng.normal(size=(n, 10))
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


class PartClassifier(nn.Module):
    """A backbone from another product line, a new head, and a learned temperature."""

    def __init__(self, n_inputs):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(n_inputs, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU())
        self.head = nn.Linear(32, CLASSES)
        self.log_temperature = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return self.head(self.backbone(x)) / self.log_temperature.exp()


def load_backbone(model):
    """Stands in for reading the weights from a file: always the same ones."""
    generator = torch.Generator().manual_seed(2024)
    with torch.no_grad():
        for p in model.backbone.parameters():
            scale = (2 / p.shape[-1]) ** 0.5 if p.dim() == 2 else 0.1
            p.copy_(scale * torch.randn(p.shape, generator=generator))


def build_model(n_inputs, seed):
    torch.manual_seed(seed)
    model = PartClassifier(n_inputs)
    load_backbone(model)
    for name, p in model.named_parameters():
        p.requires_grad = name.split(".")[0] in TRAINED
    return model


def snapshot(model):
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def train(x, y, x_new, seed=0, epochs=40, lr=0.1):
    """Losses per epoch, probabilities for `x_new`, and all parameters before and after."""
    model = build_model(x.shape[1], seed)
    before = snapshot(model)
    optimizer = torch.optim.SGD([p for p in model.parameters() if p.requires_grad], lr=lr)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(60):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[batch]), y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            losses.append(nn.functional.cross_entropy(model(x), y).item())
    with torch.no_grad():
        probabilities = torch.softmax(model(x_new), dim=1)
    return {"losses": losses, "probabilities": probabilities, "before": before, "after": snapshot(model)}


def gradient_norms(x, y, seed=0):
    """Norm of each parameter's gradient after one backward pass; 0 where there is none."""
    model = build_model(x.shape[1], seed)
    nn.functional.cross_entropy(model(x), y).backward()
    return {name: 0.0 if p.grad is None else p.grad.norm().item() for name, p in model.named_parameters()}


def features(x, seed=0):
    """What the backbone makes of `x`."""
    model = build_model(x.shape[1], seed)
    with torch.no_grad():
        return model.backbone(x)
