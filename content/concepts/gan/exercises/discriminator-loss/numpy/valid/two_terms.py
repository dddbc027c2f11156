"""Both terms of the cross-entropy written out, with log1p and a clipped sigmoid."""

import numpy as np


def _softplus(x):
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    r, f = np.asarray(real_logits, dtype=float), np.asarray(fake_logits, dtype=float)
    loss = (real_label * _softplus(-r) + (1 - real_label) * _softplus(r)).sum() / r.size
    loss += _softplus(f).sum() / f.size
    d_real = 1 / (1 + np.exp(-np.clip(r, -700, 700)))
    d_fake = 1 / (1 + np.exp(-np.clip(f, -700, 700)))
    return float(loss), (d_real - real_label) / r.size, d_fake / f.size
