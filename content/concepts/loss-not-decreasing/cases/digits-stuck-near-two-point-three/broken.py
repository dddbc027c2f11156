"""Tell ten symbols apart from 8 by 8 pixels."""

import numpy as np
import torch
from torch import nn

CLASSES = 10


def make_data(seed, n=512):
    """Images (n, 64) as float32 and the class (n,) of each."""
    rng = np.random.default_rng(seed)
    templates = np.random.default_rng(99).normal(size=(CLASSES, 64))
    y = rng.integers(CLASSES, size=n)
    x = templates[y] + 0.8 * rng.normal(size=(n, 64))
    return torch.tensor(x, dtype=torch.float32), torch.tensor(y)


def build_model(seed):
    torch.manual_seed(seed)
    return nn.Sequential(
        nn.Linear(64, 32),
        nn.ReLU(),
        nn.Linear(32, CLASSES),
        nn.Softmax(dim=1),
    )


def loss_function(outputs, y):
    return nn.functional.cross_entropy(outputs, y)


def predict(model, x):
    """Class probabilities for each row of `x`."""
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(x), dim=1)


def fit(x, y, seed, epochs, lr, batch_size=64):
    """The trained model, and the loss on all of `x` after each epoch."""
    model = build_model(seed)
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    generator = torch.Generator().manual_seed(seed)
    losses = []
    for _ in range(epochs):
        model.train()
        for batch in torch.randperm(len(x), generator=generator).split(batch_size):
            optimizer.zero_grad()
            loss = loss_function(model(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
        model.eval()
        with torch.no_grad():
            losses.append(loss_function(model(x), y).item())
    return model, losses


def train(x, y, x_new, seed=0, epochs=12, lr=0.1):
    """Losses per epoch, and the class probabilities for each row of `x_new`."""
    model, losses = fit(x, y, seed, epochs, lr)
    return {"losses": losses, "probabilities": predict(model, x_new)}


def gradient_norms(x, y, seed=0):
    """Norm of the gradient of each parameter at the start."""
    model = build_model(seed)
    loss_function(model(x), y).backward()
    return {name: p.grad.norm().item() for name, p in model.named_parameters()}


def raw_outputs(x, y, seed=0, epochs=12, lr=0.1):
    """What the trained model returns, before anything is done with it."""
    model, _ = fit(x, y, seed, epochs, lr)
    with torch.no_grad():
        return model(x)
