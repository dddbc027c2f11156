"""Reconstruction with the mean added again, gradients by einsum, updates collected in a tuple."""

import numpy as np


def linear_autoencoder(x, encoder, decoder, learning_rate, steps):
    n = x.shape[0]
    mean = np.mean(x, axis=0, keepdims=True)
    losses = []
    for _ in range(steps):
        hidden = np.einsum("nd,dk->nk", x - mean, encoder)
        output = np.einsum("nk,kd->nd", hidden, decoder) + mean
        losses.append(np.mean(np.sum(np.square(x - output), axis=1)))
        delta = -2.0 * (x - output) / n
        encoder, decoder = (
            encoder - learning_rate * np.einsum("nd,ne,ke->dk", x - mean, delta, decoder),
            decoder - learning_rate * np.einsum("nk,nd->kd", hidden, delta),
        )
    return encoder, decoder, np.stack(losses)
