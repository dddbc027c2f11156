"""The look-ahead form with the learning rate inside the velocity; a tuple is returned."""


class Nesterov:
    def __init__(self, lr=0.01, momentum=0.9):
        self.lr, self.momentum, self.velocity = lr, momentum, []

    def step(self, params, gradient):
        pushes = [self.momentum * v for v in self.velocity] or [0 * p for p in params]
        grads = gradient([p + push for p, push in zip(params, pushes, strict=True)])
        self.velocity = [push - self.lr * g for push, g in zip(pushes, grads, strict=True)]
        return tuple(p + v for p, v in zip(params, self.velocity, strict=True))
