"""A helper for each layer, outer products by einsum, the sigmoid by tanh."""

import numpy as np


def contrastive_divergence(visible, weights, visible_bias, hidden_bias, hidden_uniforms, visible_uniforms):
    def up(v):
        return 0.5 + 0.5 * np.tanh(0.5 * (np.einsum("nd,dm->nm", v, weights) + hidden_bias))

    def down(h):
        return 0.5 + 0.5 * np.tanh(0.5 * (np.einsum("nm,dm->nd", h, weights) + visible_bias))

    v = visible.copy()
    for t in range(hidden_uniforms.shape[0]):
        h = np.where(hidden_uniforms[t] < up(v), 1.0, 0.0)
        v = np.where(visible_uniforms[t] < down(h), 1.0, 0.0)
    positive = np.einsum("nd,nm->dm", visible, up(visible))
    negative = np.einsum("nd,nm->dm", v, up(v))
    n = visible.shape[0]
    return [(positive - negative) / n, np.mean(visible, 0) - np.mean(v, 0), np.mean(up(visible), 0) - np.mean(up(v), 0)]
