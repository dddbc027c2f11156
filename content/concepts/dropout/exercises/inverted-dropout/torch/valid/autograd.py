"""Keeps where u < 1 - p; the backward pass by autograd through the forward formula."""

import torch


def _drop(x, keep, q):
    return torch.where(keep, x / q, 0.0)


def dropout_forward(x, u, p, training=True):
    if not 0 <= p < 1:
        raise ValueError("p out of range")
    if not training:
        return x.clone(), None
    keep, q = u < 1 - p, 1 - p
    return _drop(x, keep, q), [keep, q]


def dropout_backward(grad_y, cache):
    if cache is None:
        return grad_y.clone()
    leaf = torch.zeros_like(grad_y, requires_grad=True)
    _drop(leaf, *cache).backward(grad_y)
    return leaf.grad
