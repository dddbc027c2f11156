"""Oracle: nested lists and plain Python, transition by transition."""

import numpy as np


def expected(q, states, actions, rewards, next_states, terminal, rate, discount):
    table = [[float(x) for x in row] for row in q]
    errors = []
    for i in range(len(states)):
        target = float(rewards[i])
        if not terminal[i]:
            best = table[next_states[i]][0]
            for value in table[next_states[i]]:
                best = value if value > best else best
            target = target + discount * best
        errors.append(target - table[states[i]][actions[i]])
        table[states[i]][actions[i]] = (1 - rate) * table[states[i]][actions[i]] + rate * target
    return np.array(table).reshape(q.shape), np.array(errors)


def ask(t, *args):
    got = t.call("q_learning", *args)
    t.close(got, expected(*args), what="(q, errors)")
    return got


def data(t, s, a, n, ends=0.25):
    """Transitions among few states, so that each is visited again; some are terminal."""
    terminal = t.rng.random(n) < ends
    states, after = t.rng.integers(s, size=n), t.rng.integers(s, size=n)
    q = 2 * t.rng.normal(size=(s, a))
    if n > 2 and ends:
        terminal[:2] = True, False
        states[0], after[1] = 1, 0
        q[0] = -1 - np.abs(q[0])
    return q, states, t.rng.integers(a, size=n), t.rng.normal(size=n), after, terminal


def example_two_transitions(t):
    """Two transitions through three states; the second ends the episode."""
    q = np.array([[0.0, 0.5], [1.0, 2.0], [5.0, 5.0]])
    ask(
        t,
        q,
        np.array([0, 1]),
        np.array([1, 0]),
        np.array([1.0, 3.0]),
        np.array([1, 2]),
        np.array([False, True]),
        0.5,
        0.9,
    )


def test_one_transition(t):
    """A single transition, going on and terminal."""
    for n in range(40):
        q, s, a, r, after, _ = data(t, 5, 3, 1)
        ask(t, q, s, a, r, after, np.array([n % 4 == 0]), 0.1, 0.95)


def test_streams(t):
    """Streams of transitions over several sizes of table."""
    for s, a, n in [(4, 3, 30), (6, 2, 50), (3, 5, 40)]:
        ask(t, *data(t, s, a, n), 0.3, 0.9)


def test_order(t):
    """Repeated visits see the earlier updates."""
    q = 3 + np.array([[0.0, 1.0], [2.0, 1.0]]) + 0.5 * t.rng.random((2, 2))
    zero, no = np.zeros(6, dtype=np.int64), np.zeros(6, dtype=bool)
    ask(t, q, zero, zero, 1 + t.rng.random(6), zero + 1, no, 0.4, 0.8)
    ask(t, q, np.array([1, 0, 1, 0, 1, 0]), zero, 1 + t.rng.random(6), np.array([0, 1, 0, 1, 0, 1]), no, 0.7, 0.8)


def test_staying_in_a_state(t):
    """A transition from a state to itself."""
    q = np.array([[1.0, 4.0 + t.rng.random()], [0.0, 0.0]])
    zero, no = np.zeros(5, dtype=np.int64), np.zeros(5, dtype=bool)
    ask(t, q, zero, zero + 1, t.rng.normal(size=5), zero, no, 0.5, 0.9)


def test_terminal(t):
    """Nothing is expected after the end of an episode, whatever the table says of the next state."""
    q, s, a, r, after, _ = data(t, 4, 3, 40)
    ask(t, q + 100, s, a, r, after, np.ones(40, dtype=bool), 0.2, 0.99)
    ask(t, q - 100, s, a, r, after, np.arange(40) % 2 == 0, 0.2, 0.99)


def test_negative_values(t):
    """All values below 0: the maximum is still that of the table."""
    q, *rest = data(t, 4, 3, 25)
    ask(t, -5 - np.abs(q), *rest, 0.1, 0.9)


def test_step_sizes(t):
    """Learning rates and discounts of 0 and 1."""
    for rate in (0.0, 1.0):
        for discount in (0.0, 1.0):
            ask(t, *data(t, 5, 3, 60), rate, discount)


def test_no_transitions(t):
    """Without transitions nothing changes."""
    none = np.zeros(0, dtype=np.int64)
    ask(t, t.rng.normal(size=(3, 2)), none, none, np.zeros(0), none, np.zeros(0, dtype=bool), 0.5, 0.9)


def test_finds_the_best_values(t):
    """On a corridor with a reward at its end, the values become powers of the discount."""
    length, actions = 5, 2
    s, a = t.rng.integers(length, size=1500), t.rng.integers(actions, size=1500)
    after = np.clip(s + 2 * a - 1, 0, length)
    done = after == length
    got, _ = ask(t, np.zeros((length + 1, actions)), s, a, done.astype(float), after, done, 0.5, 0.8)
    t.close(np.asarray(got)[:length, 1], 0.8 ** np.arange(length - 1, -1, -1), rtol=1e-3, what="q[:, right]")


def test_float32(t):
    """float32 table and rewards, right to float32 precision."""
    q, s, a, r, *rest = data(t, 8, 2, 60)
    ask(t, q.astype(np.float32), s, a, r.astype(np.float32), *rest, 0.3, 0.9)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed tables."""
    q, *rest = data(t, 8, 2, 60)
    for table in t.layouts(q).values():
        ask(t, table, *rest, 0.3, 0.9)
