"""Falling means that each loss is lower than the one before."""

import numpy as np


def symptom_flat(t):
    """The loss does not move."""
    losses = t.call("train", 6)
    t.curves("Training loss", {"training": losses, "validation": [*losses[:4], float("nan"), 2.0]})
    t.log("Log", "epoch 1  loss \u202e1.0")
    t.check(losses[0] == losses[-1], "the loss falls")


def probe_step_size(t):
    """The size of each step."""
    losses = t.call("train", 4)
    t.bars("Steps", {"first": abs(losses[1] - losses[0]), "second": 0.5}, y_label="size")
    t.matrix("Confusion", [[3, 1], [0, 4]], rows=["cat", "dog"], columns=["cat", "dog"], row_label="true")


def example_it_falls(t):
    """The loss falls."""
    losses = np.asarray(t.call("train", 5))
    t.check((np.diff(losses) < 0).all(), "the loss does not fall")


def test_many_epochs(t):
    """It falls for any number of epochs."""
    losses = np.asarray(t.call("train", 40))
    t.check((np.diff(losses) < 0).all(), "the loss does not fall")
