"""Does noise help a small network?

Two arms, one with noise. What would change the outcome: more data.
"""

import numpy as np

ARMS = {"plain": "no noise", "noisy": "noise on the input"}
MEASURES = {"accuracy": {"says": "test accuracy", "unit": "%", "better": "higher"}}
PARAMETERS = {
    "level": {"says": "how much noise there is", "unit": "units", "default": 2, "low": 1, "high": 4},
    "rate": {"says": "learning rate", "default": 0.1, "low": 0.001, "high": 1.0},
}
CLAIMS = {
    "noise-helps": {"says": "Noise buys two points or more.", "test": "accuracy: noisy > plain + 2"},
    "noise-hurts": {"says": "Noise costs accuracy.", "test": "accuracy: noisy < plain"},
}
SOURCES = ["srivastava-2014"]
BUDGET_S = 5


def measure(seed, level, rate):
    """Made up, and quick."""
    noise = np.random.default_rng(seed).normal(size=2)
    return {"plain": {"accuracy": 80 + noise[0]}, "noisy": {"accuracy": 82 + level + noise[1]}}
