"""Element by element with math functions."""

import math

import numpy as np


def non_saturating_generator_loss(fake_logits):
    losses, slopes = [], []
    for x in fake_logits.ravel().tolist():
        if x > 0:
            losses.append(math.log1p(math.exp(-x)))
            slopes.append(-math.exp(-x) / (1 + math.exp(-x)))
        else:
            losses.append(math.log1p(math.exp(x)) - x)
            slopes.append(-1 / (1 + math.exp(x)))
    n = len(losses)
    return math.fsum(losses) / n, np.reshape(slopes, fake_logits.shape) / n
