"""The two phases as branches."""

import numpy as np

STATES = ("idle", "running", "cavitating")
CENTRES = np.array([[0.0, 0.5, -0.5, 0.2], [1.5, -0.5, 0.8, -1.0], [-1.2, 1.0, 1.5, 1.0]])


def make_data(seed, n=256):
    """Features (n, 4) and the state (n,) of each reading."""
    rng = np.random.default_rng(seed)
    states = rng.integers(len(STATES), size=n)
    return CENTRES[states] + 0.5 * rng.normal(size=(n, 4)), states


def init_params(n_inputs, n_hidden, n_classes, seed):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)) / np.sqrt(n_inputs),
        "b1": np.zeros(n_hidden),
        "w2": rng.normal(size=(n_hidden, n_classes)) / np.sqrt(n_hidden),
        "b2": np.zeros(n_classes),
    }


def forward(params, x):
    hidden = np.tanh(x @ params["w1"] + params["b1"])
    logits = hidden @ params["w2"] + params["b2"]
    logits = logits - logits.max(axis=1, keepdims=True)
    exp = np.exp(logits)
    return hidden, exp / exp.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, y):
    return float(-np.log(probabilities[np.arange(len(y)), y] + 1e-12).mean())


def gradients(params, x, y):
    hidden, probabilities = forward(params, x)
    d_logits = probabilities.copy()
    d_logits[np.arange(len(y)), y] -= 1
    d_logits /= len(y)
    d_hidden = (d_logits @ params["w2"].T) * (1 - hidden**2)
    return {
        "w1": x.T @ d_hidden,
        "b1": d_hidden.sum(axis=0),
        "w2": hidden.T @ d_logits,
        "b2": d_logits.sum(axis=0),
    }


def learning_rate(step, base_lr, warmup_steps):
    """Linear warm-up to `base_lr` over `warmup_steps`, constant afterwards."""
    if step + 1 < warmup_steps:
        return base_lr * float(step + 1) / float(warmup_steps)
    return base_lr


def fit(x, y, seed, epochs, batch_size, base_lr, warmup_steps):
    """Parameters after training, and the loss on all of `x` after each epoch."""
    rng = np.random.default_rng(seed)
    params = init_params(x.shape[1], 16, len(STATES), seed)
    losses, step = [], 0
    for _ in range(epochs):
        order = rng.permutation(len(x))
        for start in range(0, len(x), batch_size):
            batch = order[start : start + batch_size]
            grads = gradients(params, x[batch], y[batch])
            lr = learning_rate(step, base_lr, warmup_steps)
            for name in params:
                params[name] = params[name] - lr * grads[name]
            step += 1
        losses.append(cross_entropy(forward(params, x)[1], y))
    return params, losses


def train(x, y, x_new, seed=0, epochs=40, batch_size=32, base_lr=0.5, warmup_steps=400):
    """Losses per epoch, and the probabilities of the states for each row of `x_new`."""
    params, losses = fit(x, y, seed, epochs, batch_size, base_lr, warmup_steps)
    return {"losses": losses, "probabilities": forward(params, x_new)[1]}


def gradient_norms(x, y, seed=0):
    """Norm of the gradient of each parameter at the start."""
    params = init_params(x.shape[1], 16, len(STATES), seed)
    return {name: float(np.linalg.norm(g)) for name, g in gradients(params, x, y).items()}


def parameter_change(x, y, seed=0):
    """How far each parameter moves in one epoch."""
    before = init_params(x.shape[1], 16, len(STATES), seed)
    after, _ = fit(x, y, seed, 1, 32, 0.5, 400)
    return {name: float(np.linalg.norm(after[name] - before[name])) for name in before}
