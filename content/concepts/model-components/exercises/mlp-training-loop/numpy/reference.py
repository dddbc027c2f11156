import numpy as np


def predict(params, x):
    """The class with the largest score of each row of x (n, d): integers (n,)."""
    return (_hidden(params, x) @ params["w2"] + params["b2"]).argmax(axis=1)


def train(params, x, labels, epochs, learning_rate):
    """New parameters and the mean loss of each epoch: x (n, d), labels (n,), epochs of batches of positions."""
    params = {name: value.copy() for name, value in params.items()}
    losses = []
    for batches in epochs:
        total, count = 0.0, 0
        for batch in batches:
            loss, gradients = _loss_and_gradients(params, x[batch], labels[batch])
            for name in params:
                params[name] -= learning_rate * gradients[name]
            total += loss * len(batch)
            count += len(batch)
        losses.append(total / count)
    return params, losses


def _hidden(params, x):
    return np.tanh(x @ params["w1"] + params["b1"])


def _loss_and_gradients(params, x, labels):
    n = len(x)
    h = _hidden(params, x)
    s = h @ params["w2"] + params["b2"]
    s = s - s.max(axis=1, keepdims=True)
    log_p = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    delta = np.exp(log_p)
    delta[np.arange(n), labels] -= 1
    delta = delta / n
    inner = (delta @ params["w2"].T) * (1 - h**2)
    gradients = {"w1": x.T @ inner, "b1": inner.sum(axis=0), "w2": h.T @ delta, "b2": delta.sum(axis=0)}
    return -log_p[np.arange(n), labels].mean(), gradients
