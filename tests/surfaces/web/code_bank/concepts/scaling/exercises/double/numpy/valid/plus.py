"""By adding it to itself, in per cent."""


def double(x):
    return x + x


def unit():
    return 100.0
