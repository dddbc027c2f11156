"""Keeps each state's value up to date beside the table; a weighted average in place of the error."""

import numpy as np


def q_learning(q, states, actions, rewards, next_states, terminal, learning_rate, discount):
    q = np.array(q)
    value = q.max(axis=1)
    errors = np.empty(np.shape(rewards))
    for i, (s, a) in enumerate(zip(states.tolist(), actions.tolist(), strict=False)):
        target = rewards[i] if terminal[i] else rewards[i] + discount * value[next_states[i]]
        errors[i] = target - q[s, a]
        q[s, a] = (1 - learning_rate) * q[s, a] + learning_rate * target
        value[s] = q[s].max()
    return q, errors
