import numpy as np


def linear_autoencoder(x, encoder, decoder, learning_rate, steps):
    """Weights (d, k) and (k, d) after `steps` of gradient descent on `x` (n, d), and the loss before each step."""
    c = x - x.mean(axis=0)
    losses = np.empty(steps)
    for step in range(steps):
        code = c @ encoder  # (n, k)
        error = code @ decoder - c  # (n, d)
        losses[step] = (error**2).sum() / len(x)
        decoder_gradient = 2 / len(x) * code.T @ error
        encoder_gradient = 2 / len(x) * c.T @ (error @ decoder.T)
        encoder = encoder - learning_rate * encoder_gradient
        decoder = decoder - learning_rate * decoder_gradient
    return encoder, decoder, losses
