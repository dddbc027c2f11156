def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    """How many windows fit on `size` elements; `padding` is a number, "valid" or "same"."""
    if padding == "same":
        return -(-size // stride)  # rounded up
    if padding == "valid":
        padding = 0
    last = size + 2 * padding - (dilation * (kernel - 1) + 1)  # where the last window may begin
    if last < 0:
        raise ValueError("the kernel is larger than the padded input")
    return last // stride + 1


def conv_transpose_output_size(size, kernel, stride=1, padding=0, dilation=1, output_padding=0):
    """The size after a transposed convolution of `size` elements."""
    out = (size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1 + output_padding
    if out < 1:
        raise ValueError("the padding cuts off the whole output")
    return out
