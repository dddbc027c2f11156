"""Library functions for the forward pass, one-hot labels, einsum for the backward pass."""

import torch
import torch.nn.functional as fn


def loss_and_gradients(x, labels, w1, b1, w2, b2):
    hidden = fn.relu(fn.linear(x, w1.T, b1))
    scores = fn.linear(hidden, w2.T, b2)
    loss = fn.cross_entropy(scores, labels).item()
    one_hot = fn.one_hot(labels, scores.shape[-1]).to(scores.dtype)
    delta = (fn.softmax(scores, dim=-1) - one_hot) / len(labels)
    back = torch.einsum("nc,hc->nh", delta, w2).masked_fill(hidden <= 0, 0.0)
    return loss, {
        "w2": torch.einsum("nh,nc->hc", hidden, delta),
        "b2": delta.sum(0),
        "w1": torch.einsum("nd,nh->dh", x, back),
        "b1": back.sum(0),
        "x": back.mm(w1.t()),
    }
