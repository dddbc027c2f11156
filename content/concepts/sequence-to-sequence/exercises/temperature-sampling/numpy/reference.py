import numpy as np


def temperature_sampling(logits, temperature, u):
    """Probabilities (n, c) of `logits` (n, c) at a temperature, and a token for each row by the uniforms `u` (n,)."""
    if temperature == 0:
        p = np.zeros_like(logits)
        p[np.arange(len(logits)), logits.argmax(axis=1)] = 1
    else:
        z = (logits - logits.max(axis=1, keepdims=True)) / temperature
        p = np.exp(z)
        p = p / p.sum(axis=1, keepdims=True)
    cumulative = p.cumsum(axis=1)
    cumulative = cumulative / cumulative[:, -1:]  # the last is 1, whatever rounding did
    tokens = (cumulative <= u[:, None]).sum(axis=1)
    return p, tokens
