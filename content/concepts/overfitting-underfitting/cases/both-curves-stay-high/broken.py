"""Estimate the consumption of lorries from ten trip values, with an L2 penalty."""

import numpy as np


def make_data(seed, n=300):
    """Trip values (n, 10) and consumption (n,), both about standardised."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 10))
    y = 0.8 * x[:, 0] + 0.6 * np.maximum(x[:, 1], 0) - 0.5 * x[:, 2] * (x[:, 3] > 0) + 0.2 * rng.normal(size=n)
    return x, y


def init_params(n_inputs, seed, n_hidden=32):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
        "b1": np.zeros(n_hidden),
        "w2": rng.normal(size=n_hidden) / np.sqrt(n_hidden),
        "b2": np.zeros(()),
    }


def forward(params, x):
    hidden = np.tanh(x @ params["w1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def mean_squared_error(params, x, y):
    return float(np.mean((forward(params, x)[1] - y) ** 2))


def objective(params, x, y, l2):
    """What is minimised: the mean squared error and the penalty."""
    return mean_squared_error(params, x, y) + l2 * float((params["w1"] ** 2).sum() + (params["w2"] ** 2).sum())


def gradients(params, x, y, l2):
    """The gradient of the objective."""
    hidden, predicted = forward(params, x)
    d_out = 2 * (predicted - y) / len(y)
    d_hidden = np.outer(d_out, params["w2"]) * (1 - hidden**2)
    return {
        "w1": x.T @ d_hidden + 2 * l2 * len(x) * params["w1"],
        "b1": d_hidden.sum(axis=0),
        "w2": hidden.T @ d_out + 2 * l2 * len(x) * params["w2"],
        "b2": d_out.sum(),
    }


def fit(x, y, x_val, y_val, seed, epochs, lr, l2):
    params = init_params(x.shape[1], seed)
    train_losses, val_losses = [], []
    for _ in range(epochs):
        grads = gradients(params, x, y, l2)
        params = {name: params[name] - lr * grads[name] for name in params}
        train_losses.append(mean_squared_error(params, x, y))
        val_losses.append(mean_squared_error(params, x_val, y_val))
    return params, train_losses, val_losses


def train(x, y, x_val, y_val, x_new, seed=0, epochs=300, lr=0.1, l2=3e-3):
    """Mean squared errors after each epoch, and the estimates for `x_new`."""
    params, train_losses, val_losses = fit(x, y, x_val, y_val, seed, epochs, lr, l2)
    return {"train_losses": train_losses, "val_losses": val_losses, "predictions": forward(params, x_new)[1]}


def weight_norms(x, y, seed=0, epochs=300, lr=0.1, l2=3e-3):
    """Norm of each array before and after training."""
    before = init_params(x.shape[1], seed)
    after, _, _ = fit(x, y, x, y, seed, epochs, lr, l2)
    return {name: [float(np.linalg.norm(p[name])) for p in (before, after)] for name in before}
