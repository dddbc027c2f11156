"""A counter of epochs without improvement; training ends when it exceeds the patience."""

import numpy as np


def make_data(seed, n):
    """Process values (n, 8) and yields (n,), both about standardised."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 8))
    return x, 0.8 * x[:, 0] - 0.6 * x[:, 1] + 0.4 * np.sin(2 * x[:, 2]) + 0.6 * rng.normal(size=n)


def init_params(n_inputs, seed, n_hidden=40):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
        "b1": np.zeros(n_hidden),
        "w2": 0.3 * rng.normal(size=n_hidden) / np.sqrt(n_hidden),
        "b2": np.zeros(()),
    }


def forward(params, x):
    hidden = np.tanh(x @ params["w1"] + params["b1"])
    return hidden, hidden @ params["w2"] + params["b2"]


def mean_squared_error(params, x, y):
    return float(np.mean((forward(params, x)[1] - y) ** 2))


def gradients(params, x, y):
    hidden, predicted = forward(params, x)
    d_out = 2 * (predicted - y) / len(y)
    d_hidden = np.outer(d_out, params["w2"]) * (1 - hidden**2)
    return {"w1": x.T @ d_hidden, "b1": d_hidden.sum(axis=0), "w2": hidden.T @ d_out, "b2": d_out.sum()}


def step(params, velocity, x, y, lr=0.05, momentum=0.9):
    """One step of gradient descent with momentum on the whole training set."""
    grads = gradients(params, x, y)
    velocity = {name: momentum * velocity[name] - lr * grads[name] for name in params}
    return {name: params[name] + velocity[name] for name in params}, velocity


def fit(x, y, x_val, y_val, seed, max_epochs, patience):
    """The parameters of the best epoch, that epoch, and both losses after each epoch."""
    params = init_params(x.shape[1], seed)
    velocity = {name: np.zeros_like(value) for name, value in params.items()}
    best_loss, best_epoch, best_params = np.inf, 0, params
    train_losses, val_losses, waited = [], [], 0
    for epoch in range(max_epochs):
        params, velocity = step(params, velocity, x, y)
        train_loss = mean_squared_error(params, x, y)
        val_loss = mean_squared_error(params, x_val, y_val)
        train_losses.append(train_loss)
        val_losses.append(val_loss)
        if val_loss < best_loss:
            best_loss, best_epoch, best_params = val_loss, epoch, params
            waited = 0
            continue
        waited += 1
        if waited > patience:
            break
    return best_params, best_epoch, train_losses, val_losses


def train(x, y, x_val, y_val, x_new, seed=0, max_epochs=500, patience=30):
    """Both losses per epoch, the best epoch, and the forecasts of its parameters for `x_new`."""
    params, best_epoch, train_losses, val_losses = fit(x, y, x_val, y_val, seed, max_epochs, patience)
    return {
        "train_losses": train_losses,
        "val_losses": val_losses,
        "best_epoch": best_epoch,
        "predictions": forward(params, x_new)[1],
    }


def weight_norm(x, y, seed, epochs):
    """The norm of all weights after a number of epochs."""
    params = fit(x, y, x, y, seed, epochs, epochs)[0]
    return float(np.sqrt(sum((value**2).sum() for value in params.values())))
