"""The velocity begins as the first gradient itself."""


class Momentum:
    def __init__(self, lr=0.01, momentum=0.9, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.buffers = []

    def step(self, params, grads):
        slopes = [g + self.weight_decay * p for p, g in zip(params, grads, strict=True)]
        if self.buffers:
            self.buffers = [self.momentum * b + s for b, s in zip(self.buffers, slopes, strict=True)]
        else:
            self.buffers = slopes
        return [p - self.lr * b for p, b in zip(params, self.buffers, strict=True)]
