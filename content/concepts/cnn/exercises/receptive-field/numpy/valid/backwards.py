"""From the last layer to the first: how many units are needed for one?"""


def receptive_field(layers):
    needed, step = 1, 1
    for kernel, stride, dilation in reversed(layers):
        needed = (needed - 1) * stride + dilation * (kernel - 1) + 1
        step = step * stride
    return needed, step
