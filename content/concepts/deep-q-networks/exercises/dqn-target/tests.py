"""Oracle: transition by transition in plain Python."""

import numpy as np


def expected(rewards, terminal, discount, target_q, online_q=None):
    wanted = []
    for i, reward in enumerate(rewards):
        chooser = target_q[i] if online_q is None else online_q[i]
        best = max(range(len(chooser)), key=lambda a, chooser=chooser: chooser[a])
        wanted.append(float(reward) if terminal[i] else float(reward) + discount * float(target_q[i][best]))
    return np.array(wanted)


def ask(t, *args):
    t.close(t.call("dqn_target", *args), expected(*args), what="targets")


def data(t, n, a):
    """A batch with both kinds of ends, and networks that disagree on the best action."""
    terminal = t.rng.permutation(np.arange(n) % 3 == 0) if n > 1 else np.array([False])
    target, online = 2 * t.rng.normal(size=(n, a)), 2 * t.rng.normal(size=(n, a))
    for i in range(n):
        one, two = t.rng.permutation(a)[:2]
        target[i, one], online[i, two] = 6 + t.rng.random(), 7 + t.rng.random()
    return t.rng.normal(size=n), terminal, target, online


def example_both(t):
    """Two transitions, the second terminal; DQN and double DQN."""
    rewards, terminal = np.array([1.0, 2.0]), np.array([False, True])
    target, online = np.array([[3.0, 5.0], [7.0, 8.0]]), np.array([[2.0, 1.0], [0.0, 1.0]])
    ask(t, rewards, terminal, 0.9, target)
    ask(t, rewards, terminal, 0.9, target, online)


def test_dqn(t):
    """The target network alone."""
    for n, a in [(8, 3), (5, 6), (12, 2), (1, 4)]:
        rewards, terminal, target, _ = data(t, n, a)
        ask(t, rewards, terminal, 0.97, target)


def test_double_dqn(t):
    """The online network chooses, the target network values."""
    for n, a in [(8, 3), (5, 6), (12, 2), (1, 4)]:
        rewards, terminal, target, online = data(t, n, a)
        ask(t, rewards, terminal, 0.93, target, online)


def test_as_many_actions_as_transitions(t):
    """Square tables of values."""
    rewards, terminal, target, online = data(t, 5, 5)
    ask(t, rewards, terminal, 0.9, target)
    ask(t, rewards, terminal, 0.9, target, online)


def test_all_terminal_or_none(t):
    """Batches in which every episode ends, or none."""
    rewards, _, target, online = data(t, 7, 3)
    for ends in (True, False):
        ask(t, rewards, np.full(7, ends), 0.9, 50 + target)
        ask(t, rewards, np.full(7, ends), 0.9, 50 + target, online)


def test_negative_values(t):
    """All values below 0."""
    rewards, terminal, target, online = data(t, 9, 4)
    ask(t, rewards, terminal, 0.9, target - 30)
    ask(t, rewards, terminal, 0.9, target - 30, online - 40)


def test_keyword(t):
    """The online network's values by name, and None by name."""
    rewards, terminal, target, online = data(t, 6, 3)
    for given in (online, None):
        got = t.call("dqn_target", rewards, terminal, 0.8, target, next_online_q=given)
        t.close(got, expected(rewards, terminal, 0.8, target, given), what="targets")


def test_discounts(t):
    """Discounts of 0 and 1."""
    rewards, terminal, target, online = data(t, 6, 3)
    for discount in (0.0, 1.0):
        ask(t, rewards, terminal, discount, target)
        ask(t, rewards, terminal, discount, target, online)


def test_one_action(t):
    """A single action leaves nothing to choose."""
    rewards, terminal, target, online = data(t, 6, 3)
    ask(t, rewards, terminal, 0.9, target[:, :1].copy())
    ask(t, rewards, terminal, 0.9, target[:, :1].copy(), online[:, :1].copy())


def test_same_network_twice(t):
    """With the same values for both networks, double DQN is DQN."""
    rewards, terminal, target, _ = data(t, 6, 4)
    got = t.call("dqn_target", rewards, terminal, 0.9, target, target.copy())
    t.close(got, expected(rewards, terminal, 0.9, target), what="targets")


def test_float32(t):
    """float32 data, right to float32 precision."""
    rewards, terminal, target, online = data(t, 10, 4)
    rewards, target, online = (x.astype(np.float32) for x in (rewards, target, online))
    ask(t, rewards, terminal, 0.9, target)
    ask(t, rewards, terminal, 0.9, target, online)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    rewards, terminal, target, online = data(t, 6, 4)
    for one, two in zip(t.layouts(target).values(), t.layouts(online).values(), strict=True):
        ask(t, rewards, terminal, 0.9, one, two)
