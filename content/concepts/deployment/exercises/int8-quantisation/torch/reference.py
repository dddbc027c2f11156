import torch


def quantise_weights(weights):
    """int8 weights (o, i) and their scales (o,), symmetric, one for each row."""
    largest = weights.abs().amax(dim=1)
    scales = torch.where(largest > 0, largest / 127, torch.ones_like(largest))
    return torch.round(weights / scales[:, None]).to(torch.int8), scales


def quantise_activations(x):
    """int8 activations (n, i), their scale and zero point, asymmetric."""
    low, high = min(x.min().item(), 0.0), max(x.max().item(), 0.0)
    scale = (high - low) / 255 if high > low else 1.0
    zero_point = round(-128 - low / scale)
    q = torch.clamp(torch.round(x / scale) + zero_point, -128, 127)
    return q.to(torch.int8), scale, zero_point


def quantised_linear(q_x, scale, zero_point, q_w, scales):
    """The layer's floats (n, o) from int8 activations (n, i) and weights (o, i)."""
    total = (q_x.to(torch.int32) - zero_point) @ q_w.T.to(torch.int32)
    return scale * scales * total
