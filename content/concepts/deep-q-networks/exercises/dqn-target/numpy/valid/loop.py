"""Transition by transition."""

import numpy as np


def dqn_target(rewards, terminal, discount, next_target_q, next_online_q=None):
    y = np.array(rewards, dtype=float)
    for i in range(len(y)):
        if terminal[i]:
            continue
        if next_online_q is not None:
            y[i] += discount * next_target_q[i, int(np.argmax(next_online_q[i]))]
        else:
            y[i] += discount * max(next_target_q[i])
    return y
