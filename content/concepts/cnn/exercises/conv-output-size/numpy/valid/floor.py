"""With numpy's floor and ceil, as the formulas are printed."""

import numpy as np


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    match padding:
        case "same":
            return int(np.ceil(size / stride))
        case "valid":
            padding = 0
    out = np.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1).astype(int)
    if out < 1:
        raise ValueError("the output would be empty")
    return out


def conv_transpose_output_size(size, kernel, stride=1, padding=0, dilation=1, output_padding=0):
    out = stride * (size - 1) + (dilation * (kernel - 1) + 1) - 2 * padding + output_padding
    if out >= 1:
        return np.int64(out)
    raise ValueError("empty")
