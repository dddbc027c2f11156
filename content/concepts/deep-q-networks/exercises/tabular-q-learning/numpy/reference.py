import numpy as np


def q_learning(q, states, actions, rewards, next_states, terminal, learning_rate, discount):
    """The table `q` (S, A) after n transitions in order, and the temporal-difference errors (n,)."""
    q = q.copy()
    errors = np.zeros(len(states), dtype=q.dtype)
    for i in range(len(states)):
        target = rewards[i]
        if not terminal[i]:
            target = target + discount * q[next_states[i]].max()
        errors[i] = target - q[states[i], actions[i]]
        q[states[i], actions[i]] += learning_rate * errors[i]
    return q, errors
