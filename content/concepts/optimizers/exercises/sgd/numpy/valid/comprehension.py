"""A helper for one parameter and a comprehension; a tuple of copies is returned."""


class SGD:
    def __init__(self, lr=0.01, weight_decay=0.0, maximize=False):
        self.options = lr, weight_decay, maximize

    def _moved(self, p, g):
        lr, decay, up = self.options
        if g is None:
            return p.copy()
        slope = lr * g
        return (p + slope if up else p - slope) - lr * decay * p

    def step(self, params, grads):
        return tuple(self._moved(p, g) for p, g in zip(params, grads, strict=True))
