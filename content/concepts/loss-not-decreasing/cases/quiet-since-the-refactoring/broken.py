"""Predict whether a customer renews a contract."""

import numpy as np
import torch
from torch import nn


def make_data(seed, n=320):
    """Features (n, 7), and 1.0 for each customer who renewed."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 7))
    score = 2 * x[:, 0] - 1.5 * x[:, 1] + x[:, 2] * x[:, 3] + 0.3 * rng.normal(size=n)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(score > 0).float()


def build_model(n_inputs, seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(n_inputs, 20), nn.ReLU(), nn.Linear(20, 1))


def make_optimizer(n_inputs, seed, lr):
    """SGD with momentum over the parameters of the model."""
    return torch.optim.SGD(build_model(n_inputs, seed).parameters(), lr=lr, momentum=0.9)


def loss_function(model, x, y):
    return nn.functional.binary_cross_entropy_with_logits(model(x).squeeze(1), y)


def train_step(model, optimizer, x, y):
    optimizer.zero_grad()
    model.zero_grad()
    loss_function(model, x, y).backward()
    optimizer.step()


def set_up(n_inputs, seed, lr):
    """The model and its optimizer."""
    model = build_model(n_inputs, seed)
    optimizer = make_optimizer(n_inputs, seed, lr)
    return model, optimizer


def train(x, y, x_new, seed=0, epochs=25, lr=0.1):
    """Losses per epoch, and the probability of renewal for each row of `x_new`."""
    model, optimizer = set_up(x.shape[1], seed, lr)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(64):
            train_step(model, optimizer, x[batch], y[batch])
        with torch.no_grad():
            losses.append(loss_function(model, x, y).item())
    with torch.no_grad():
        probabilities = torch.sigmoid(model(x_new)).squeeze(1)
    return {"losses": losses, "probabilities": probabilities}


def look_at_one_step(x, y, seed=0, lr=0.1):
    """For one step: gradient norms and changes in the model, and a line for each parameter that the optimizer holds."""
    model, optimizer = set_up(x.shape[1], seed, lr)
    before = {name: p.detach().clone() for name, p in model.named_parameters()}
    train_step(model, optimizer, x, y)
    lines = []
    for p in optimizer.param_groups[0]["params"]:
        norm = "no gradient" if p.grad is None else f"gradient norm {p.grad.norm().item():.4f}"
        held = "in the model" if any(p is q for q in model.parameters()) else "not in the model"
        lines.append(f"{tuple(p.shape)}: {norm}, {held}")
    return {
        "norms": {name: p.grad.norm().item() for name, p in model.named_parameters()},
        "change": {name: (p - before[name]).abs().max().item() for name, p in model.named_parameters()},
        "held": lines,
    }
