import numpy as np


def non_saturating_generator_loss(fake_logits):
    """Mean of -log sigmoid(fake_logits), and its gradient with respect to the logits."""
    loss = np.logaddexp(0, -fake_logits).mean()
    gradient = -np.exp(-np.logaddexp(0, fake_logits)) / fake_logits.size
    return loss, gradient
