"""A network object with forward, backward and step; losses kept by example."""

import numpy as np


class Network:
    def __init__(self, params):
        self.w1, self.b1, self.w2, self.b2 = (params[k] for k in ("w1", "b1", "w2", "b2"))

    def forward(self, x):
        self.x = x
        self.h = np.tanh(np.dot(x, self.w1) + self.b1)
        return np.dot(self.h, self.w2) + self.b2

    def backward(self, g):
        inner = g.dot(self.w2.T) * (1 - np.square(self.h))
        return self.x.T.dot(inner), np.sum(inner, 0), self.h.T.dot(g), np.sum(g, 0)

    def step(self, grads, rate):
        old = (self.w1, self.b1, self.w2, self.b2)
        self.w1, self.b1, self.w2, self.b2 = (p - rate * g for p, g in zip(old, grads, strict=True))


def cross_entropy(s, y):
    top = s.max(1, keepdims=True)
    lse = top + np.log(np.exp(s - top).sum(1, keepdims=True))
    one_hot = np.eye(s.shape[1])[y]
    return (lse - s)[np.arange(len(y)), y], (np.exp(s - lse) - one_hot) / len(y)


def predict(params, x):
    return np.argmax(Network(params).forward(x), axis=-1)


def train(params, x, labels, epochs, learning_rate):
    net, history = Network(params), []
    for epoch in epochs:
        seen = []
        for idx in epoch:
            losses, g = cross_entropy(net.forward(x[idx]), labels[idx])
            seen.extend(losses)
            net.step(net.backward(g), learning_rate)
        history.append(np.mean(seen))
    return {"b1": net.b1, "b2": net.b2, "w1": net.w1, "w2": net.w2}, np.array(history)
