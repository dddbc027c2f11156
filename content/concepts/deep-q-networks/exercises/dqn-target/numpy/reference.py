import numpy as np


def dqn_target(rewards, terminal, discount, next_target_q, next_online_q=None):
    """Targets (n,) of DQN, or of double DQN when the online network's values (n, A) are given."""
    chooser = next_target_q if next_online_q is None else next_online_q
    best = chooser.argmax(axis=1)
    value = next_target_q[np.arange(len(best)), best]
    return rewards + discount * np.where(terminal, 0, value)
