"""By the addition theorem, without arccos, and straight on beyond pi - m."""

import math

import torch
import torch.nn.functional as fn


def arcface_logits(embeddings, weights, labels, scale=64.0, margin=0.5):
    cosine = fn.linear(fn.normalize(embeddings), fn.normalize(weights))
    sine = torch.sqrt((1.0 - cosine.pow(2)).clamp(min=0))
    phi = cosine * math.cos(margin) - sine * math.sin(margin)
    phi = torch.where(cosine > math.cos(math.pi - margin), phi, cosine - math.sin(math.pi - margin) * margin)
    one_hot = torch.zeros_like(cosine).scatter_(1, labels.view(-1, 1).long(), 1)
    return (one_hot * phi + (1.0 - one_hot) * cosine) * scale
