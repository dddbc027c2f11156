"""Two branches by the sign of the logit."""

import numpy as np


def minimax_generator_loss(fake_logits):
    f = np.asarray(fake_logits, dtype=np.float64)
    e = np.exp(-np.abs(f))
    log_rest = -(np.maximum(f, 0) + np.log1p(e))
    d = np.where(f >= 0, 1.0, e) / (1 + e)
    return float(log_rest.mean()), -d / f.size
