"""The gradients are computed by autograd.grad, which does not accumulate."""

import numpy as np
import torch
from torch import nn


def make_data(seed, n=256):
    """Standardised features (n, 6) and demands (n,)."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 6))
    weights = np.array([1.0, -0.8, 0.5, 0.3, 0.0, 0.2])
    y = x @ weights + 0.5 * np.tanh(x[:, 0] * x[:, 1]) + 0.1 * rng.normal(size=n)
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)


def build_model(n_inputs, seed):
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(n_inputs, 24), nn.Tanh(), nn.Linear(24, 1))


def loss_function(model, x, y):
    return nn.functional.mse_loss(model(x).squeeze(1), y)


def train_step(model, optimizer, x, y):
    """One update on one batch. Returns the gradient norm that the optimiser saw."""
    loss = loss_function(model, x, y)
    for p, g in zip(model.parameters(), torch.autograd.grad(loss, list(model.parameters())), strict=True):
        p.grad = g
    norm = torch.sqrt(sum((p.grad**2).sum() for p in model.parameters()))
    optimizer.step()
    return norm.item()


def fit(x, y, seed, epochs, lr, batch_size):
    """The trained model, the loss after each epoch, and the gradient norm of each step."""
    model = build_model(x.shape[1], seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    losses, norms = [], []
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(batch_size):
            norms.append(train_step(model, optimizer, x[batch], y[batch]))
        with torch.no_grad():
            losses.append(loss_function(model, x, y).item())
    return model, losses, norms


def train(x, y, x_new, seed=0, epochs=40, lr=0.05, batch_size=64):
    """Losses per epoch, and the prediction for each row of `x_new`."""
    model, losses, _ = fit(x, y, seed, epochs, lr, batch_size)
    with torch.no_grad():
        predictions = model(x_new).squeeze(1)
    return {"losses": losses, "predictions": predictions}


def gradient_norms(x, y, seed=0, epochs=10, lr=0.05, batch_size=64):
    """The gradient norm of each step of a run."""
    return fit(x, y, seed, epochs, lr, batch_size)[2]
