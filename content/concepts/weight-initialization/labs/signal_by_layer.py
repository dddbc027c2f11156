"""Which initial weights carry a signal through a deep network, and is "small numbers near zero" a rule?

Unit-variance inputs pass through a stack of equally wide layers whose weights were drawn in five ways, and a random
error is carried back. Nothing is trained: we compare the mean square of the activations of the last layer with that of
the first, and in the same way the mean square of the gradient at the first layer with that at the last. One of the
fixed standard deviations, 1/16, is what He's formula gives for 512 inputs; the others know nothing of the layer.

What would change the outcome: the depth (a few layers forgive nearly everything, and at ten Xavier's rule still serves
tanh), normalisation layers, which reset the scale, or residual connections, which add to it.
"""

import numpy as np

ARMS = {
    "zero": "all weights zero",
    "small": "standard deviation 0.01",
    "sixteenth": "standard deviation 1/16",
    "xavier": "Xavier: variance 2 / (fan-in + fan-out)",
    "he": "He: variance 2 / fan-in",
}
MEASURES = {
    "signal": {"says": "activations, last layer / first layer (mean squares)", "log": True},
    "gradient": {"says": "gradient, first layer / last layer (mean squares)", "log": True},
}
CONDITIONS = ["ReLU, 64 wide", "ReLU, 512 wide", "ReLU, 1024 wide", "tanh, 64 wide", "tanh, 512 wide"]
AXIS = "activation and width (units per layer)"
PARAMETERS = {
    "depth": {"says": "layers", "default": 20, "low": 2, "high": 30},
}
CLAIMS = {
    "near-zero": {
        "says": "Weights close to zero without being too small do: with the usual standard deviation of 0.01 the last "
        "layer's signal is at least a tenth of the first's (mean squares).",
        "test": "signal: small > 0.1",
    },
    "one-number": {
        "says": "A well chosen standard deviation, 1/16, carries the signal to within a factor of 10 in every network.",
        "test": "signal: sixteenth == 1 */ 10",
    },
    "he-relu": {
        "says": "He's rule carries the signal through ReLU layers of every width to within a factor of 10.",
        "test": "signal: he == 1 */ 10",
        "conditions": ["ReLU, 64 wide", "ReLU, 512 wide", "ReLU, 1024 wide"],
    },
    "xavier-everywhere": {
        "says": "Xavier's rule carries the gradient (mean square) to the first layer to within a factor of 10, whether "
        "the activation is ReLU or tanh.",
        "test": "gradient: xavier == 1 */ 10",
    },
}
SOURCES = ["glorot-2010", "he-2015"]
BUDGET_S = 15

EXAMPLES = 32


def measure(seed, depth):
    """Both mean squares of every arm; the arms share the random numbers and differ in their scale."""
    result = {}
    for condition in CONDITIONS:
        profiles = carried(seed, condition, depth)
        result[condition] = {
            arm: {"signal": ratio(signals[-1], signals[0]), "gradient": ratio(gradients[0], gradients[-1])}
            for arm, (signals, gradients) in profiles.items()
        }
    return result


def illustrate(seed, depth):
    """The signal by layer, for one seed at 512 units."""
    shown = []
    for condition in ("ReLU, 512 wide", "tanh, 512 wide"):
        profiles = carried(seed, condition, depth)
        lines = {arm: [v if v > 0 else None for v in signals] for arm, (signals, _) in profiles.items()}
        title, x = f"Mean square of the activations: {condition}", list(range(1, depth + 1))
        shown.append({"kind": "curves", "title": title, "x_label": "layer", "y_label": "mean square", "x": x})
        shown[-1] |= {"lines": lines, "log_y": True}
    return shown


def carried(seed, condition, depth):
    """By arm: the mean squares of activations and of gradients, both listed from the first layer to the last."""
    activation, width, _ = condition.replace(",", "").split()
    n, relu = int(width), activation == "ReLU"
    rng = np.random.default_rng(seed)
    inputs, error = rng.standard_normal((2, EXAMPLES, n), dtype=np.float32)
    normals = rng.standard_normal((depth, n, n), dtype=np.float32)
    scales = {"zero": 0.0, "small": 0.01, "sixteenth": 1 / 16, "xavier": n**-0.5, "he": (2 / n) ** 0.5}
    result = {}
    for arm, scale in scales.items():
        h, slopes, signals = inputs, [], []
        for layer in range(depth):
            z = h @ (np.float32(scale) * normals[layer])  # (example, unit)
            h = np.maximum(z, 0) if relu else np.tanh(z)
            slopes.append(z > 0 if relu else 1 - h**2)
            signals.append(np.square(h, dtype=float).mean())
        g, gradients = error, []
        for layer in reversed(range(depth)):
            gradients.append(np.square(g, dtype=float).mean())
            g = (g * slopes[layer]) @ (np.float32(scale) * normals[layer]).T
        result[arm] = signals, gradients[::-1]
    return result


def ratio(a, b):
    """a / b, and 0 for a signal that is gone."""
    return a / b if b > 0 else 0.0
