class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        """`weight_decay` is the factor of the L2 penalty; `maximize` climbs."""
        self.lr, self.weight_decay, self.maximize = lr, weight_decay, maximize

    def step(self, params, grads):
        """The new parameters, a list of arrays, after one step; parameters whose gradient is None stay."""
        updated = []
        for p, g in zip(params, grads, strict=True):
            if g is not None:
                direction = -g if self.maximize else g
                p = p - self.lr * (direction + self.weight_decay * p)
            updated.append(p)
        return updated
