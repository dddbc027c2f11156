from math import prod


def parameter_count(layers, input_shape):
    """Learned parameters of each of `layers` (dictionaries) for images of `input_shape` (channels, height, width)."""
    counts, shape = [], tuple(input_shape)
    for layer in layers:
        kind, count = layer["kind"], 0
        if kind == "conv":
            kernel = layer["kernel"]
            kh, kw = (kernel, kernel) if isinstance(kernel, int) else kernel
            filters = layer["filters"]
            count = filters * (shape[0] // layer.get("groups", 1)) * kh * kw
            count += filters * layer.get("bias", True)
            stride, padding = layer.get("stride", 1), layer.get("padding", 0)
            shape = (filters, _places(shape[1], kh, stride, padding), _places(shape[2], kw, stride, padding))
        elif kind == "pool":
            size = layer["size"]
            step, margin = layer.get("stride", size), layer.get("padding", 0)
            shape = (shape[0], _places(shape[1], size, step, margin), _places(shape[2], size, step, margin))
        elif kind == "batch_norm":
            count = 2 * shape[0]
        elif kind == "flatten":
            shape = (prod(shape),)
        elif kind == "global_pool":
            shape = (shape[0],)
        elif kind == "dense":
            units = layer["units"]
            count = shape[0] * units + units * layer.get("bias", True)
            shape = (units,)
        counts.append(count)
    return counts


def _places(size, kernel, stride, padding):
    return (size + 2 * padding - kernel) // stride + 1
