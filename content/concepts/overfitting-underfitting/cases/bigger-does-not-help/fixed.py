"""Tell the points of a disc from those of the ring around it."""

import numpy as np
import torch
from torch import nn


def make_data(seed, n=500):
    """Points (n, 2), and 1.0 for each on the inner disc."""
    rng = np.random.default_rng(seed)
    inner = rng.permutation(np.arange(n) % 2)
    radius = np.where(inner == 1, rng.uniform(0.0, 0.9, n), rng.uniform(1.1, 2.0, n))
    angle = rng.uniform(0, 2 * np.pi, n)
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return torch.tensor(x, dtype=torch.float32), torch.tensor(inner).float()


def build_model(sizes, seed):
    """Linear layers of the given sizes."""
    torch.manual_seed(seed)
    layers = []
    for i in range(len(sizes) - 1):
        layers.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < len(sizes) - 2:
            layers.append(nn.ReLU())
    return nn.Sequential(*layers)


def loss_function(model, x, y):
    return nn.functional.binary_cross_entropy_with_logits(model(x).squeeze(1), y)


def train(x, y, x_val, y_val, x_new, seed=0, hidden=(16, 16), epochs=15, lr=0.02):
    """Both losses after each epoch, and the logits for `x_new`."""
    model = build_model([x.shape[1], *hidden, 1], seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    train_losses, val_losses = [], []
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(50):
            optimizer.zero_grad()
            loss_function(model, x[batch], y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            train_losses.append(loss_function(model, x, y).item())
            val_losses.append(loss_function(model, x_val, y_val).item())
    with torch.no_grad():
        logits = model(x_new).squeeze(1)
    return {"train_losses": train_losses, "val_losses": val_losses, "logits": logits}


def gradient_norms(x, y, seed=0, hidden=(16, 16)):
    """Norm of the gradient of each parameter at the start."""
    model = build_model([x.shape[1], *hidden, 1], seed)
    loss_function(model, x, y).backward()
    return {name: p.grad.norm().item() for name, p in model.named_parameters()}


def describe(hidden=(16, 16)):
    """The model as PyTorch prints it."""
    return str(build_model([2, *hidden, 1], 0))
