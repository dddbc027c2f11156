"""By counting the places."""


def conv_output_size(size, kernel, stride=1, padding=0, dilation=1):
    if isinstance(padding, str):
        if padding == "same":
            return len(range(0, size, stride))
        padding = 0
    span = dilation * (kernel - 1) + 1
    places = len(range(0, size + 2 * padding - span + 1, stride))
    if not places:
        raise ValueError("nothing fits")
    return places


def conv_transpose_output_size(size, kernel, stride=1, padding=0, dilation=1, output_padding=0):
    spread = size + (size - 1) * (stride - 1)
    effective = kernel + (kernel - 1) * (dilation - 1)
    result = spread + effective - 1 - 2 * padding + output_padding
    if result <= 0:
        raise ValueError(result)
    return result
