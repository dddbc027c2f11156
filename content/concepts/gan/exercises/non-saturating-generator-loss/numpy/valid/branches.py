"""Two branches by the sign of the logit."""

import numpy as np


def non_saturating_generator_loss(fake_logits):
    f = np.asarray(fake_logits, dtype=np.float64)
    e = np.exp(-np.abs(f))
    loss = np.maximum(-f, 0) + np.log1p(e)
    rest = 1 - np.where(f >= 0, 1.0, e) / (1 + e)
    return float(loss.mean()), -rest / f.size
