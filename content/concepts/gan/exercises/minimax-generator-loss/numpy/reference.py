import numpy as np


def minimax_generator_loss(fake_logits):
    """Mean of log(1 - sigmoid(fake_logits)), and its gradient with respect to the logits."""
    loss = -np.logaddexp(0, fake_logits).mean()
    gradient = -np.exp(-np.logaddexp(0, -fake_logits)) / fake_logits.size
    return loss, gradient
