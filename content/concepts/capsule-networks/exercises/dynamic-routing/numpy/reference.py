import numpy as np


def dynamic_routing(predictions, iterations=3):
    """Outputs (n, J, d) and couplings (n, I, J) after routing `predictions` (n, I, J, d) by agreement."""
    logits = np.zeros_like(predictions[..., 0])
    for _ in range(iterations):
        e = np.exp(logits - logits.max(axis=2, keepdims=True))
        couplings = e / e.sum(axis=2, keepdims=True)
        s = np.einsum("nij,nijd->njd", couplings, predictions)
        v = _squash(s)
        logits = logits + np.einsum("nijd,njd->nij", predictions, v)
    return v, couplings


def _squash(s):
    squared = (s**2).sum(axis=-1, keepdims=True)
    return s * np.sqrt(squared) / (1 + squared)
