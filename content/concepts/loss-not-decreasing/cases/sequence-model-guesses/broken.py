"""Tell fragile parcels from ten measurements of three channels."""

import numpy as np
import torch
from torch import nn


def make_data(seed, n=256):
    """Sequences (n, 10, 3), and 1.0 for each fragile parcel."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(n) % 2)
    x = 0.7 * rng.normal(size=(n, 10, 3))
    x[:, :4, 0] += np.where(y == 1, 1.0, -1.0)[:, None]
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y).float()


class SequenceModel(nn.Module):
    """A GRU, and a linear layer on its last output."""

    def __init__(self, n_channels, n_hidden=16):
        super().__init__()
        self.rnn = nn.GRU(n_channels, n_hidden)
        self.head = nn.Linear(n_hidden, 1)

    def forward(self, x):
        outputs, _ = self.rnn(x)
        return self.head(outputs[:, -1]).squeeze(1)


def build_model(n_channels, seed):
    torch.manual_seed(seed)
    return SequenceModel(n_channels)


def loss_function(model, x, y):
    return nn.functional.binary_cross_entropy_with_logits(model(x), y)


def train(x, y, x_new, seed=0, epochs=15, lr=0.01):
    """Losses per epoch, and the probability of being fragile for each parcel of `x_new`."""
    model = build_model(x.shape[2], seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=generator).split(32):
            optimizer.zero_grad()
            loss_function(model, x[batch], y[batch]).backward()
            optimizer.step()
        with torch.no_grad():
            losses.append(loss_function(model, x, y).item())
    with torch.no_grad():
        probabilities = torch.sigmoid(model(x_new))
    return {"losses": losses, "probabilities": probabilities}


def gradient_norms(x, y, seed=0):
    """Norm of the gradient of each parameter at the start."""
    model = build_model(x.shape[2], seed)
    loss_function(model, x, y).backward()
    return {name: p.grad.norm().item() for name, p in model.named_parameters()}


def sensitivity(x, output, seed=0):
    """How much one output changes with each measurement of each parcel: (parcels, times)."""
    model = build_model(x.shape[2], seed)
    x = x.clone().requires_grad_()
    model(x)[output].backward()
    return x.grad.abs().sum(dim=2)
