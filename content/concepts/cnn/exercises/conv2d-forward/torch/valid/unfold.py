"""With the library's unfold: patches as columns."""

import torch
from torch.nn import functional


def conv2d_forward(x, w, b, stride=1, padding=0):
    f, _, kh, kw = w.shape
    columns = functional.unfold(x, (kh, kw), stride=stride, padding=padding)  # (n, c kh kw, positions)
    y = w.reshape(f, -1) @ columns + b[:, None]
    rows = (x.shape[2] + 2 * padding - kh) // stride + 1
    return torch.reshape(y, (x.shape[0], f, rows, -1))
