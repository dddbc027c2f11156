"""Loops over examples and classes, slope taken at the kink too."""

import numpy as np


def hinge_loss(scores, labels, margin=1.0):
    n, loss = scores.size, 0.0
    grad = np.zeros(n)
    for i, (s, y) in enumerate(zip(scores, labels, strict=True)):
        slack = margin - y * s
        if slack >= 0:
            loss += slack
            grad[i] -= y
    return float(loss / n), grad / n


def multiclass_hinge_loss(scores, labels, margin=1.0):
    n, c = scores.shape
    loss, grad = 0.0, np.zeros_like(scores)
    for i in range(n):
        for j in range(c):
            if j == labels[i]:
                continue
            slack = scores[i, j] - scores[i, labels[i]] + margin
            if slack >= 0:
                loss += slack
                grad[i, j] += 1
                grad[i, labels[i]] -= 1
    return [loss / n, grad / n]
