"""Two branches, take_along_axis and a mask of floats."""

import numpy as np


def dqn_target(rewards, terminal, discount, next_target_q, next_online_q=None):
    alive = 1.0 - np.asarray(terminal, dtype=np.float64)
    if next_online_q is None:
        value = np.max(next_target_q, axis=-1)
    else:
        best = np.argmax(next_online_q, axis=-1, keepdims=True)
        value = np.take_along_axis(next_target_q, best, axis=-1).squeeze(-1)
    return rewards + discount * alive * value
