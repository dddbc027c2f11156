"""Back to float64 first, then an ordinary linear layer."""

import torch


def quantise_weights(weights):
    rows, scales = [], []
    for row in weights:
        top = row.abs().max()
        scale = top / 127 if top > 0 else torch.ones((), dtype=weights.dtype)
        rows.append(torch.floor(row / scale + 0.5).to(torch.int8))
        scales.append(scale)
    return torch.stack(rows), torch.stack(scales)


def quantise_activations(x):
    low, high = min(float(x.min()), 0.0), max(float(x.max()), 0.0)
    scale = (high - low) / 255 or 1.0
    zero_point = round(-128 - low / scale)
    return (x / scale + zero_point).round().clip(-128, 127).to(torch.int8), scale, zero_point


def quantised_linear(q_x, scale, zero_point, q_w, scales):
    x = (q_x.double() - zero_point) * scale
    return torch.nn.functional.linear(x, q_w.double() * scales.double().unsqueeze(1))
