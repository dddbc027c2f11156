"""Images are mirrored, and left and right change their labels with it."""

import numpy as np

SIGNS = ("left", "right", "up", "down")


def arrow(sign):
    """A clean image of an arrow."""
    image = np.zeros((9, 9))
    image[4, 2:7] = 1.0
    for k in range(3):
        image[4 - k, 2 + k] = image[4 + k, 2 + k] = 1.0
    return {"left": image, "right": image[:, ::-1], "up": image.T, "down": image.T[::-1]}[sign]


def make_data(seed, n=240):
    """Images (n, 9, 9) and labels (n,)."""
    rng = np.random.default_rng(seed)
    y = rng.permutation(np.arange(n) % len(SIGNS))
    return np.stack([arrow(SIGNS[k]) for k in y]) + 0.1 * rng.normal(size=(n, 9, 9)), y


def augment(x, y, seed):
    """Images that are shifted, mirrored and noisy, with their labels."""
    rng = np.random.default_rng(seed)
    images, labels = [], []
    for image, label in zip(x, y, strict=True):
        rows, columns = rng.integers(-1, 2, size=2)
        image = np.roll(image, (rows, columns), axis=(0, 1))
        if rng.random() < 0.5:
            image = image[:, ::-1]
            label = (1, 0, 2, 3)[label]
        images.append(image + 0.1 * rng.normal(size=image.shape))
        labels.append(label)
    return np.stack(images), np.array(labels)


def init_params(seed, n_hidden=32):
    rng = np.random.default_rng(seed)
    return {
        "w1": rng.normal(size=(81, n_hidden)) * np.sqrt(2 / 81),
        "b1": np.zeros(n_hidden),
        "w2": rng.normal(size=(n_hidden, len(SIGNS))) * np.sqrt(1 / n_hidden),
        "b2": np.zeros(len(SIGNS)),
    }


def forward(params, x):
    flat = x.reshape(len(x), -1)
    hidden = np.maximum(flat @ params["w1"] + params["b1"], 0)
    logits = hidden @ params["w2"] + params["b2"]
    exp = np.exp(logits - logits.max(axis=1, keepdims=True))
    return flat, hidden, exp / exp.sum(axis=1, keepdims=True)


def cross_entropy(probabilities, y):
    return float(-np.log(probabilities[np.arange(len(y)), y] + 1e-12).mean())


def sgd_step(params, x, y, lr):
    flat, hidden, probabilities = forward(params, x)
    d_logits = (probabilities - np.eye(len(SIGNS))[y]) / len(y)
    d_hidden = (d_logits @ params["w2"].T) * (hidden > 0)
    grads = {"w1": flat.T @ d_hidden, "b1": d_hidden.sum(axis=0), "w2": hidden.T @ d_logits, "b2": d_logits.sum(axis=0)}
    return {name: value - lr * grads[name] for name, value in params.items()}


def train(x, y, x_new, seed=0, epochs=40, lr=0.3):
    """Losses per epoch, and the probabilities of the signs for each image of `x_new`."""
    params = init_params(seed)
    losses = []
    for epoch in range(epochs):
        images, labels = augment(x, y, 1000 * seed + epoch)
        for start in range(0, len(images), 40):
            params = sgd_step(params, images[start : start + 40], labels[start : start + 40], lr)
        losses.append(cross_entropy(forward(params, images)[2], labels))
    return {"losses": losses, "probabilities": forward(params, x_new)[2]}
