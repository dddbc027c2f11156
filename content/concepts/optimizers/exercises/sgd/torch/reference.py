import torch


class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        """`weight_decay` is the factor of the L2 penalty; `maximize` climbs."""
        self.lr, self.weight_decay, self.maximize = lr, weight_decay, maximize

    @torch.no_grad()
    def step(self, params, grads):
        """The new parameters, a list of tensors, after one step; parameters whose gradient is None stay."""
        for p, g in zip(params, grads, strict=True):
            if g is not None:
                direction = -g if self.maximize else g
                p.sub_(self.lr * direction.add(p, alpha=self.weight_decay))
        return params
