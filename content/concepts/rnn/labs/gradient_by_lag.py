"""What is left of the gradient after fifty steps of a recurrent network?

A recurrent network with random weights reads random inputs. We multiply the Jacobians of its steps, as backpropagation
through time does, and measure how strongly the last state depends on the state fifty steps earlier: the Frobenius norm
of that product, divided by the root of the width, which is one where the gradient is passed on unchanged. The recurrent
matrix has spectral radius 0.5, 1, 2 or 4, or it is orthogonal. The same chain without the tanh shows what the matrix
alone would do. Nothing is trained: these are gradients at initialisation.

What would change the outcome: the strength of the inputs. Weak inputs leave the units in the linear part of tanh, and
the matrix decides; strong ones saturate them, and every step loses more.
"""

import numpy as np

ARMS = {"tanh": "tanh after each step", "linear": "no activation"}
MEASURES = {"gradient": {"says": "size of the gradient after the lag (1 is unchanged)", "log": True}}
CONDITIONS = ["0.5", "1", "2", "4", "orthogonal"]
AXIS = "spectral radius of the recurrent matrix"
PARAMETERS = {
    "lag": {"says": "steps back in time", "unit": "steps", "default": 50, "low": 2, "high": 200},
    "inputs": {"says": "standard deviation of the inputs to each unit", "default": 1.0, "low": 0.0, "high": 4.0},
    "width": {"says": "units", "default": 64, "low": 4, "high": 128},
}
CLAIMS = {
    "vanishes": {
        "says": "In a plain RNN the gradient vanishes: over 50 steps it shrinks by a factor of 1000 or more.",
        "test": "gradient: tanh < 1e-3",
    },
    "radius-explodes": {
        "says": "A spectral radius above 1 makes the gradient explode: over 50 steps it grows by 1000 or more.",
        "test": "gradient: tanh > 1000",
        "conditions": ["2", "4"],
    },
    "tanh-brakes": {
        "says": "The tanh brakes the explosion: the gradient is at least 1000 times smaller than without it.",
        "test": "gradient: tanh < linear / 1000",
        "conditions": ["2", "4"],
    },
    "orthogonal-keeps": {
        "says": "Orthogonal weights keep the gradient of a tanh network: after 50 steps a tenth or more is left.",
        "test": "gradient: tanh > 0.1",
        "conditions": ["orthogonal"],
    },
}
SOURCES = ["pascanu-2013", "saxe-2014"]
BUDGET_S = 10


def measure(seed, lag, inputs, width):
    """Size of the gradient after the whole lag."""
    return {
        condition: {arm: {"gradient": gradient_sizes(seed, condition, arm, lag, inputs, width)[-1]} for arm in ARMS}
        for condition in CONDITIONS
    }


def illustrate(seed, lag, inputs, width):
    """Size of the gradient against the lag."""
    x, title = list(range(1, lag + 1)), "Gradient of a tanh network against time lag, by spectral radius"
    lines = {name: gradient_sizes(seed, name, "tanh", lag, inputs, width).tolist() for name in CONDITIONS}
    labels = {"title": title, "x_label": "lag (steps)", "y_label": "size of the gradient (1 is unchanged)"}
    return [{"kind": "curves", **labels, "x": x, "lines": lines, "log_y": True}]


def gradient_sizes(seed, condition, arm, lag, inputs, width):
    """Size of d h_T / d h_(T-k) for k = 1 ... lag."""
    random = np.random.default_rng(seed)
    w = recurrent_matrix(random, condition, width)
    warm_up = 50
    h, slopes = np.zeros(width), []
    for x in inputs * random.normal(size=(warm_up + lag, width)):
        h = np.tanh(w @ h + x)
        slopes.append(1 - h**2 if arm == "tanh" else np.ones(width))
    back, sizes = np.eye(width), []
    for slope in slopes[: warm_up - 1 : -1]:  # from the last step back in time
        back = (back * slope) @ w  # d h_T / d h_(t-1) = d h_T / d h_t · diag(slope_t) · W
        sizes.append(np.linalg.norm(back) / width**0.5)
    return np.array(sizes)


def recurrent_matrix(random, condition, width):
    w = random.normal(size=(width, width))
    if condition == "orthogonal":
        return np.linalg.qr(w)[0]
    return float(condition) * w / np.abs(np.linalg.eigvals(w)).max()
