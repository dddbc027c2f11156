"""Zipped transitions, a mask of the future by multiplication, a list of errors made an array."""

import numpy as np


def q_learning(q, states, actions, rewards, next_states, terminal, learning_rate, discount):
    table = np.array(q, dtype=float)
    errors = []
    for s, a, r, n, end in zip(states, actions, rewards, next_states, terminal, strict=False):
        delta = r + discount * (1 - int(end)) * np.max(table[n]) - table[s, a]
        table[s, a] = table[s, a] + learning_rate * delta
        errors.append(delta)
    return [table, np.array(errors)]
