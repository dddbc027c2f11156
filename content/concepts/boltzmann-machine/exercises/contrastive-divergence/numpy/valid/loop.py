"""Example by example, with a clipped exponential."""

import numpy as np


def _s(x):
    return 1.0 / (1.0 + np.exp(np.clip(-x, -700, 700)))


def contrastive_divergence(visible, weights, visible_bias, hidden_bias, hidden_uniforms, visible_uniforms):
    gw, gb, gc = np.zeros(weights.shape), np.zeros(visible_bias.shape), np.zeros(hidden_bias.shape)
    for i, v0 in enumerate(visible):
        v = v0
        for t in range(len(hidden_uniforms)):
            h = hidden_uniforms[t, i] < _s(hidden_bias + v @ weights)
            v = (visible_uniforms[t, i] < _s(visible_bias + weights @ h)).astype(float)
        first, last = _s(hidden_bias + v0 @ weights), _s(hidden_bias + v @ weights)
        gw += np.outer(v0, first) - np.outer(v, last)
        gb += v0 - v
        gc += first - last
    return gw / len(visible), gb / len(visible), gc / len(visible)
