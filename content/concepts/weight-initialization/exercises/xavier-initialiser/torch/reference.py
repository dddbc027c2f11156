import math


def fans(shape):
    """(fan_in, fan_out) of weights of shape (out, in, *kernel)."""
    kernel = math.prod(shape[2:])
    return shape[1] * kernel, shape[0] * kernel


def xavier_uniform(u, gain=1.0):
    """Weights from u, uniform on [0, 1), of the shape of the weights."""
    fan_in, fan_out = fans(u.shape)
    bound = gain * math.sqrt(6 / (fan_in + fan_out))
    return bound * (2 * u - 1)


def xavier_normal(z, gain=1.0):
    """Weights from z, standard normal, of the shape of the weights."""
    fan_in, fan_out = fans(z.shape)
    std = gain * math.sqrt(2 / (fan_in + fan_out))
    return std * z
