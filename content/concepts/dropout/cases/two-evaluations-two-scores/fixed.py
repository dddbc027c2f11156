"""Judge patches of a surface: good, scratched, or stained."""

import numpy as np
import torch
from torch import nn

CLASSES = ("good", "scratched", "stained")


def make_data(seed, n=300):
    """Features (n, 16) and the class (n,) of each patch."""
    rng = np.random.default_rng(seed)
    centres = 0.75 * np.random.default_rng(21).normal(size=(len(CLASSES), 16))
    y = rng.permutation(np.arange(n) % len(CLASSES))
    return torch.tensor(centres[y] + rng.normal(size=(n, 16)), dtype=torch.float32), torch.tensor(y)


class PatchModel(nn.Module):
    """One hidden layer with dropout."""

    def __init__(self, n_inputs, n_hidden=24, rate=0.5):
        super().__init__()
        self.hidden = nn.Linear(n_inputs, n_hidden)
        self.output = nn.Linear(n_hidden, len(CLASSES))
        self.rate = rate

    def forward(self, x):
        h = nn.functional.relu(self.hidden(x))
        h = nn.functional.dropout(h, self.rate, training=self.training)
        return self.output(h)


def with_parameters(parameters):
    """The model that has these parameters."""
    model = PatchModel(parameters["hidden.weight"].shape[1])
    model.load_state_dict({name: torch.as_tensor(value) for name, value in parameters.items()})
    return model


def train(x, y, seed=0, epochs=20, lr=0.3):
    """Losses per epoch (mean over its batches), and the parameters."""
    torch.manual_seed(seed)
    model = PatchModel(x.shape[1])
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    losses = []
    for _ in range(epochs):
        model.train()
        total = 0.0
        for batch in torch.randperm(len(x)).split(50):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(x[batch]), y[batch])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(batch)
        losses.append(total / len(x))
    return {"losses": losses, "parameters": {name: p.detach() for name, p in model.named_parameters()}}


def predict(parameters, x):
    """Class probabilities for each row of `x`."""
    model = with_parameters(parameters)
    model.eval()
    with torch.no_grad():
        return torch.softmax(model(x), dim=1)


def training_outputs(parameters, x, seed=0):
    """The logits of one pass in training mode."""
    torch.manual_seed(seed)
    model = with_parameters(parameters)
    model.train()
    with torch.no_grad():
        return model(x)


def modes(parameters):
    """The mode of each part of the model during prediction."""
    model = with_parameters(parameters)
    model.eval()
    return {name or "model": module.training for name, module in model.named_modules()}
