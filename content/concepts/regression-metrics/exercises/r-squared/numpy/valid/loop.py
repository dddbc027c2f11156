"""Plain Python with math.fsum."""

import math


def r_squared(y_true, y_pred):
    if y_true.shape != y_pred.shape or y_true.ndim > 1:
        raise ValueError("shape mismatch")
    if not len(y_true):
        raise ValueError("empty")
    ys = [float(v) for v in y_true]
    ps = [float(v) for v in y_pred]
    if max(ys) == min(ys):
        return 1 if ys == ps else 0
    centre = math.fsum(ys) / len(ys)
    return 1 - math.fsum((y - p) ** 2 for y, p in zip(ys, ps, strict=True)) / math.fsum((y - centre) ** 2 for y in ys)
