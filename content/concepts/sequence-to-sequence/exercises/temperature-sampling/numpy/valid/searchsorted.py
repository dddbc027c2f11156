"""Row by row with searchsorted, float64 inside, clamped to the last possible token."""

import numpy as np


def temperature_sampling(logits, temperature, u):
    probabilities = np.zeros(logits.shape)
    tokens = np.zeros(len(logits), dtype=np.int32)
    for i in range(len(logits)):
        row = logits[i].astype(np.float64)
        if temperature > 0:
            e = np.exp((row - np.max(row)) / temperature)
            probabilities[i] = e / e.sum()
        else:
            probabilities[i, np.argmax(row)] = 1.0
        k = np.searchsorted(np.cumsum(probabilities[i]), u[i], side="right")
        tokens[i] = min(k, np.flatnonzero(probabilities[i])[-1])
    return probabilities, tokens
