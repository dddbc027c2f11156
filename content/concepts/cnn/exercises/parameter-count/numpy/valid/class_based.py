"""A small class that carries channels, height and width along; the counts as an array."""

import numpy as np


class _Tracker:
    def __init__(self, shape):
        self.c, self.h, self.w = shape

    def slide(self, kh, kw, s, p):
        self.h = 1 + (self.h - kh + 2 * p) // s
        self.w = 1 + (self.w - kw + 2 * p) // s

    def step(self, layer):
        options = {"stride": None, "padding": 0, "groups": 1, "bias": True, **layer}
        match options["kind"]:
            case "conv":
                try:
                    kh, kw = options["kernel"]
                except TypeError:
                    kh = kw = options["kernel"]
                per_filter = kh * kw * self.c // options["groups"]
                self.slide(kh, kw, options["stride"] or 1, options["padding"])
                self.c = options["filters"]
                return self.c * (per_filter + bool(options["bias"]))
            case "pool":
                self.slide(options["size"], options["size"], options["stride"] or options["size"], options["padding"])
            case "batch_norm":
                return 2 * self.c
            case "flatten":
                self.c, self.h, self.w = self.c * self.h * self.w, 1, 1
            case "global_pool":
                self.h = self.w = 1
            case "dense":
                inputs, self.c = self.c, options["units"]
                return inputs * self.c + (self.c if options["bias"] else 0)
        return 0


def parameter_count(layers, input_shape):
    tracker = _Tracker(input_shape)
    return np.array([tracker.step(layer) for layer in layers], dtype=np.int64)
