"""Element by element with math functions; a tuple of a float and an array."""

import math

import numpy as np


def minimax_generator_loss(fake_logits):
    total, n = 0.0, fake_logits.size
    gradient = np.empty(fake_logits.shape)
    for index in np.ndindex(fake_logits.shape):
        x = float(fake_logits[index])
        if x > 0:
            total -= x + math.log1p(math.exp(-x))
            gradient[index] = -1 / (1 + math.exp(-x)) / n
        else:
            total -= math.log1p(math.exp(x))
            gradient[index] = -math.exp(x) / (1 + math.exp(x)) / n
    return total / n, gradient
