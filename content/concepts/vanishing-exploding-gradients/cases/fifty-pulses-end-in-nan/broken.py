"""Estimate the weighted sum of fifty charge pulses with a recurrent net."""

import numpy as np
import torch
from torch import nn


def make_data(seed, n=192, length=50):
    """Pulses with their weights (n, length, 2), and the weighted sums (n,)."""
    rng = np.random.default_rng(seed)
    x = np.stack([rng.uniform(0, 1, (n, length)), rng.uniform(0, 1, (n, length)) > 0.7], axis=2)
    y = (x[:, :, 0] * x[:, :, 1]).sum(axis=1) / 2
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y, dtype=torch.float32)


class PulseModel(nn.Module):
    """A ReLU recurrent layer that starts near a multiple of the identity, and a linear readout."""

    def __init__(self, n_inputs, n_hidden=24):
        super().__init__()
        self.rnn = nn.RNN(n_inputs, n_hidden, nonlinearity="relu", batch_first=True)
        self.head = nn.Linear(n_hidden, 1)
        with torch.no_grad():
            self.rnn.weight_hh_l0.copy_(0.9 * torch.eye(n_hidden) + 0.02 * torch.randn(n_hidden, n_hidden))

    def forward(self, x):
        outputs, _ = self.rnn(x)
        return self.head(outputs[:, -1]).squeeze(1)


def build_model(n_inputs, seed):
    torch.manual_seed(seed)
    return PulseModel(n_inputs)


def train_step(model, optimizer, x, y, max_norm):
    """One step with a limited gradient. Returns the loss and the norm before limiting."""
    optimizer.zero_grad(set_to_none=False)
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm)
    loss = nn.functional.mse_loss(model(x), y)
    loss.backward()
    optimizer.step()
    return loss.item(), norm.item()


def snapshot(model):
    return {name: p.detach().clone() for name, p in model.named_parameters()}


def train(x, y, x_new, seed=0, epochs=10, lr=0.01, max_norm=1.0):
    """Losses per epoch, gradient norms per step, predictions for `x_new`, and the parameters before and after."""
    model = build_model(x.shape[2], seed)
    before = snapshot(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    losses, norms = [], []
    for _ in range(epochs):
        epoch = []
        for batch in torch.randperm(len(x), generator=generator).split(32):
            loss, norm = train_step(model, optimizer, x[batch], y[batch], max_norm)
            epoch.append(loss)
            norms.append(norm)
        losses.append(sum(epoch) / len(epoch))
    with torch.no_grad():
        predictions = model(x_new)
    return {"losses": losses, "norms": norms, "predictions": predictions, "before": before, "after": snapshot(model)}


def gradient_norm(x, y, seed=0):
    """The norm of the gradient over all parameters at the start."""
    model = build_model(x.shape[2], seed)
    nn.functional.mse_loss(model(x), y).backward()
    return torch.sqrt(sum((p.grad**2).sum() for p in model.parameters())).item()
