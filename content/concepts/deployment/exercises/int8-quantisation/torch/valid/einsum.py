"""Sums in int64 by einsum, the zero point taken out of the sum; scale and zero point as tensors."""

import torch


def quantise_weights(weights):
    scales = weights.abs().max(dim=1, keepdim=True).values / 127
    scales = scales.masked_fill(scales == 0, 1.0)
    return (weights / scales).round().clamp(-127, 127).char(), scales.squeeze(1)


def quantise_activations(x):
    low, high = x.min().clamp(max=0), x.max().clamp(min=0)
    scale = (high - low) / 255
    if scale == 0:
        scale = torch.ones_like(scale)
    zero_point = (-128 - low / scale).round().long()
    return ((x / scale).round() + zero_point).clamp(-128, 127).to(torch.int8), scale, zero_point


def quantised_linear(q_x, scale, zero_point, q_w, scales):
    x, w = q_x.long(), q_w.long()
    total = torch.einsum("ni,oi->no", x, w) - zero_point * w.sum(dim=1)
    return total.to(scales.dtype) * scales * scale
