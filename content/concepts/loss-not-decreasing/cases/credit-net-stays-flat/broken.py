"""Predict from five columns of an application whether a loan is paid back."""

import numpy as np

COLUMNS = ("income", "age", "amount", "years in job", "opened")


def make_data(seed, n=400):
    """Applications (n, 5) in their units, and 1 for each that was paid back."""
    rng = np.random.default_rng(seed)
    x = np.column_stack(
        [
            rng.normal(52_000, 14_000, n),
            rng.normal(41, 11, n),
            rng.normal(23_000, 8_000, n),
            rng.gamma(3, 3, n),
            20_000_000 + 10_000 * rng.integers(5, 24, n) + 100 * rng.integers(1, 13, n) + rng.integers(1, 29, n),
        ]
    )
    score = (x[:, 0] - 52_000) / 14_000 - (x[:, 2] - 23_000) / 8_000 + 0.5 * (x[:, 3] - 9) / 5
    return x, (score + 0.3 * rng.normal(size=n) > 0).astype(float)


def init_params(n_inputs, seed, n_hidden=16):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
        "b1": np.zeros(n_hidden),
        "w2": rng.normal(size=n_hidden) / np.sqrt(n_hidden),
        "b2": 0.0,
    }


def sigmoid(z):
    return 1 / (1 + np.exp(-np.clip(z, -60, 60)))


def forward(params, x):
    hidden = np.tanh(x @ params["w1"] + params["b1"])
    return hidden, sigmoid(hidden @ params["w2"] + params["b2"])


def cross_entropy(p, y):
    return float(-np.mean(y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12)))


def gradients(params, x, y):
    hidden, p = forward(params, x)
    d_logit = (p - y) / len(y)
    d_hidden = np.outer(d_logit, params["w2"]) * (1 - hidden**2)
    return {"w1": x.T @ d_hidden, "b1": d_hidden.sum(axis=0), "w2": hidden.T @ d_logit, "b2": d_logit.sum()}


def prepare(x, x_new):
    """Both tables as arrays of floats."""
    x, x_new = np.asarray(x, dtype=float), np.asarray(x_new, dtype=float)
    return x, x_new


def fit(x, y, seed, epochs, lr, batch_size=40):
    """Parameters after training and the loss after each epoch; `x` is prepared."""
    rng = np.random.default_rng(seed)
    params = init_params(x.shape[1], seed)
    losses = []
    for _ in range(epochs):
        for batch in np.array_split(rng.permutation(len(x)), max(1, len(x) // batch_size)):
            grads = gradients(params, x[batch], y[batch])
            params = {name: value - lr * grads[name] for name, value in params.items()}
        losses.append(cross_entropy(forward(params, x)[1], y))
    return params, losses


def train(x, y, x_new, seed=0, epochs=40, lr=0.1):
    """Losses per epoch, and the probability of being paid back for each row of `x_new`."""
    x, x_new = prepare(x, x_new)
    params, losses = fit(x, y, seed, epochs, lr)
    return {"losses": losses, "probabilities": forward(params, x_new)[1]}


def look(x, y, seed=0):
    """Gradient norms at the start, and the hidden activations."""
    x, _ = prepare(x, x)
    params = init_params(x.shape[1], seed)
    norms = {name: float(np.linalg.norm(g)) for name, g in gradients(params, x, y).items()}
    return {"norms": norms, "activations": forward(params, x)[0]}
