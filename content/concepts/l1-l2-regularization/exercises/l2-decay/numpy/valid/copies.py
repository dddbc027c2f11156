"""Copies first, then changes the copies; the penalty by dot products."""

import copy

import numpy as np


def l2_penalty(params, lam):
    total = 0
    for p in params.values():
        if p.ndim > 1:
            total += np.vdot(p, p)
    return lam * total / 2


def sgd_step_l2(params, grads, lr, lam):
    new = copy.deepcopy(params)
    for key in grads:
        slope = grads[key].copy()
        if new[key].ndim != 1:
            slope += lam * new[key]
        new[key] -= lr * slope
    return new
