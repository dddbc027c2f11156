"""Layer objects that remember their inputs, with forward and backward methods."""

import numpy as np


class Linear:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def forward(self, x):
        self.x = x
        return np.einsum("ni,io->no", x, self.w) + self.b

    def backward(self, g):
        self.dw = np.einsum("ni,no->io", self.x, g)
        self.db = np.ones(len(g), dtype=g.dtype) @ g
        return np.einsum("no,io->ni", g, self.w)


class ReLU:
    def forward(self, x):
        self.out = x.clip(min=0)
        return self.out

    def backward(self, g):
        g = g.copy()
        g[self.out <= 0] = 0
        return g


def loss_and_gradients(x, labels, w1, b1, w2, b2):
    first, relu, second = Linear(w1, b1), ReLU(), Linear(w2, b2)
    s = second.forward(relu.forward(first.forward(x)))
    s = s - np.max(s, axis=-1, keepdims=True)
    p = np.exp(s)
    norm = p.sum(-1, keepdims=True)
    one_hot = np.eye(s.shape[1], dtype=s.dtype)[labels]
    loss = float(np.mean(np.log(norm[:, 0]) - (s * one_hot).sum(-1)))
    dx = first.backward(relu.backward(second.backward((p / norm - one_hot) / len(s))))
    return [loss, {"w1": first.dw, "b1": first.db, "w2": second.dw, "b2": second.db, "x": dx}]
