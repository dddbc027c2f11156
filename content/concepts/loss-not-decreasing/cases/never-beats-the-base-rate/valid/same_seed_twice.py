"""Each array is shuffled by a generator of its own with the same seed."""

import numpy as np

QUEUES = ("billing", "login", "outage", "other")


def make_data(seed, n=256):
    """Features (n, 12) and the queue (n,) of each ticket."""
    rng = np.random.default_rng(seed)
    centres = np.random.default_rng(5).normal(size=(len(QUEUES), 12))
    y = rng.permutation(np.arange(n) % len(QUEUES))
    return centres[y] + 0.7 * rng.normal(size=(n, 12)), y


def init_params(n_inputs, seed, n_hidden=24):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)) * np.sqrt(2 / n_inputs),
        "b1": np.zeros(n_hidden),
        "w2": rng.normal(size=(n_hidden, len(QUEUES))) * np.sqrt(1 / n_hidden),
        "b2": np.zeros(len(QUEUES)),
    }


def forward(params, x):
    hidden = np.maximum(x @ params["w1"] + params["b1"], 0)
    logits = hidden @ params["w2"] + params["b2"]
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    return hidden, exp / exp.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, y):
    return float(-np.log(probabilities[np.arange(len(y)), y] + 1e-12).mean())


def gradients(params, x, y):
    hidden, probabilities = forward(params, x)
    d_logits = (probabilities - np.eye(len(QUEUES))[y]) / len(y)
    d_hidden = (d_logits @ params["w2"].T) * (hidden > 0)
    return {
        "w1": x.T @ d_hidden,
        "b1": d_hidden.sum(axis=0),
        "w2": hidden.T @ d_logits,
        "b2": d_logits.sum(axis=0),
    }


def shuffled(array, rng):
    return array[rng.permutation(len(array))]


def epoch_batches(x, y, batch_size, seed):
    """The batches of one epoch, in the order that `seed` gives."""
    x = shuffled(x, np.random.default_rng(seed))
    y = shuffled(y, np.random.default_rng(seed))
    return [(x[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(x), batch_size)]


def sgd_step(params, x, y, lr):
    grads = gradients(params, x, y)
    return {name: value - lr * grads[name] for name, value in params.items()}


def train(x, y, x_new, seed=0, epochs=40, batch_size=32, lr=0.1):
    """Losses per epoch, and the probabilities of the queues for each row of `x_new`."""
    params = init_params(x.shape[1], seed)
    losses = []
    for epoch in range(epochs):
        for x_batch, y_batch in epoch_batches(x, y, batch_size, 1000 * seed + epoch):
            params = sgd_step(params, x_batch, y_batch, lr)
        losses.append(cross_entropy(forward(params, x)[1], y))
    return {"losses": losses, "probabilities": forward(params, x_new)[1]}


def gradient_norms(x, y, seed=0):
    """Norm of the gradient of each parameter at the start."""
    return {name: float(np.linalg.norm(g)) for name, g in gradients(init_params(x.shape[1], seed), x, y).items()}


def one_batch_losses(x, y, seed=0, steps=200, lr=0.1):
    """The loss on one fixed batch that is used in every step."""
    params = init_params(x.shape[1], seed)
    x_batch, y_batch = epoch_batches(x, y, 32, seed)[0]
    losses = []
    for _ in range(steps):
        params = sgd_step(params, x_batch, y_batch, lr)
        losses.append(cross_entropy(forward(params, x_batch)[1], y_batch))
    return losses


def first_batch(x, y, seed=0):
    """The first batch of an epoch."""
    return epoch_batches(x, y, 32, seed)[0]
