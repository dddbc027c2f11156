"""The step as the gradient of a surrogate objective, differentiated by autograd."""

import torch


class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        self.lr, self.weight_decay, self.maximize = lr, weight_decay, maximize

    def step(self, params, grads):
        return [p if g is None else self._step(p, g) for p, g in zip(params, grads, strict=True)]

    def _step(self, p, g):
        leaf = p.detach().clone().requires_grad_(True)
        linear = (g * leaf).sum()
        objective = (-linear if self.maximize else linear) + 0.5 * self.weight_decay * (leaf**2).sum()
        (slope,) = torch.autograd.grad(objective, leaf)
        return leaf.detach() - self.lr * slope
