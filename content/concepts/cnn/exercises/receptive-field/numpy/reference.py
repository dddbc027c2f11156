def receptive_field(layers):
    """(size, step) of the last of `layers`, tuples (kernel, stride, dilation) from the first to the last."""
    size, step = 1, 1
    for kernel, stride, dilation in layers:
        size += (kernel - 1) * dilation * step
        step *= stride
    return size, step
