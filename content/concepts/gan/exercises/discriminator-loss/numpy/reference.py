import numpy as np


def discriminator_loss(real_logits, fake_logits, real_label=1.0):
    """Loss of logits for real and generated examples, and its gradients with respect to both."""
    real_loss = np.mean(np.logaddexp(0, real_logits) - real_label * real_logits)
    fake_loss = np.mean(np.logaddexp(0, fake_logits))
    real_gradient = (_sigmoid(real_logits) - real_label) / real_logits.size
    fake_gradient = _sigmoid(fake_logits) / fake_logits.size
    return real_loss + fake_loss, real_gradient, fake_gradient


def _sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))
