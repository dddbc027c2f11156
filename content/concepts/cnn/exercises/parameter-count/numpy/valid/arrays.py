"""With NumPy arrays for the shapes; one function for each kind."""

import numpy as np


def _window(shape, kernel, stride, padding):
    return (shape + 2 * padding - kernel) // stride + 1


def _conv(layer, c, hw):
    kernel = np.broadcast_to(layer["kernel"], 2)
    f = layer["filters"]
    n = f * (c / layer.get("groups", 1) * np.prod(kernel) + (1 if layer.get("bias", True) else 0))
    return int(n), f, _window(hw, kernel, layer.get("stride", 1), layer.get("padding", 0))


def _pool(layer, c, hw):
    return 0, c, _window(hw, layer["size"], layer.get("stride") or layer["size"], layer.get("padding", 0))


def _dense(layer, c, hw):
    return (c + int(layer.get("bias", True))) * layer["units"], layer["units"], hw


def parameter_count(layers, input_shape):
    c, hw = input_shape[0], np.array(input_shape[1:])
    out = []
    for layer in layers:
        k = layer["kind"]
        if k in ("conv", "pool", "dense"):
            n, c, hw = {"conv": _conv, "pool": _pool, "dense": _dense}[k](layer, c, hw)
        else:
            n = c + c if k == "batch_norm" else 0
            if k == "flatten":
                c = int(c * np.prod(hw))
            if k in ("flatten", "global_pool"):
                hw = np.array([1, 1])
        out.append(n)
    return tuple(out)
