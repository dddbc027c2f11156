import numpy as np


def contrastive_divergence(visible, weights, visible_bias, hidden_bias, hidden_uniforms, visible_uniforms):
    """Gradients of weights (d, m), visible bias (d,) and hidden bias (m,) by k Gibbs steps from the data (n, d)."""
    n = len(visible)
    q_data = _sigmoid(visible @ weights + hidden_bias)
    v, q = visible, q_data
    for u_h, u_v in zip(hidden_uniforms, visible_uniforms, strict=True):
        h = (u_h < q).astype(visible.dtype)
        p = _sigmoid(h @ weights.T + visible_bias)
        v = (u_v < p).astype(visible.dtype)
        q = _sigmoid(v @ weights + hidden_bias)
    weight_gradient = (visible.T @ q_data - v.T @ q) / n
    return weight_gradient, (visible - v).mean(axis=0), (q_data - q).mean(axis=0)


def _sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))
