import math


def gain(negative_slope=0.0):
    """The factor that makes up for what (leaky) ReLU takes away."""
    return math.sqrt(2 / (1 + negative_slope**2))


def he_normal(z, negative_slope=0.0, mode="fan_in"):
    """Weights (out, in, *kernel) from z, standard normal, of the same shape."""
    return _std(z.shape, negative_slope, mode) * z


def he_uniform(u, negative_slope=0.0, mode="fan_in"):
    """Weights (out, in, *kernel) from u, uniform on [0, 1), of the same shape."""
    bound = math.sqrt(3) * _std(u.shape, negative_slope, mode)
    return bound * (2 * u - 1)


def _std(shape, negative_slope, mode):
    kernel = math.prod(shape[2:])
    if mode == "fan_in":
        fan = shape[1] * kernel
    elif mode == "fan_out":
        fan = shape[0] * kernel
    else:
        raise ValueError(f"mode is fan_in or fan_out, not {mode!r}")
    return gain(negative_slope) / math.sqrt(fan)
