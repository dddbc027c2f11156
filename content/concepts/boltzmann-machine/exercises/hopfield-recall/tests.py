"""Oracle: sums over pairs of units and one visit after the other in plain Python."""

import numpy as np


def weights_of(patterns):
    p, n = patterns.shape
    w = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                w[i, j] = sum(float(patterns[m, i]) * float(patterns[m, j]) for m in range(p)) / n
    return w


def energy_of(w, s):
    n = len(s)
    return -sum(float(w[i, j]) * float(s[i]) * float(s[j]) for i in range(n) for j in range(i + 1, n))


def recalled(w, state, order, max_sweeps=100):
    """The state at rest, the sweeps it took, and the smallest field that was met beside 0."""
    s, near = [int(x) for x in state], np.inf
    sweep = 0
    while sweep < max_sweeps:
        sweep += 1
        before = list(s)
        for i in order:
            field = sum(float(w[i, j]) * s[j] for j in range(len(s)))
            near = min(near, abs(field)) if field else near
            if field:
                s[i] = 1 if field > 0 else -1
        if s == before:
            break
    return np.array(s, dtype=float), sweep, near


def ask(t, w, state, order, *sweeps):
    got = t.call("hopfield_recall", w, state, order, *sweeps)
    t.close(got, recalled(w, state, order, *sweeps)[0], what="state")


def signs(t, *shape):
    return np.where(t.rng.random(shape) < 0.5, -1.0, 1.0)


def glass(t, n, least_sweeps=2):
    """Random symmetric weights and a state that takes some sweeps to rest, no field near 0."""
    while True:
        w = np.triu(t.rng.normal(size=(n, n)), 1)
        w, state, order = w + w.T, signs(t, n), t.rng.permutation(n)
        _, sweeps, near = recalled(w, state, order)
        if near > 1e-4 and sweeps > least_sweeps:
            return w, state, order


def example_store_and_recall(t):
    """One pattern of five units, recalled from a copy with one unit wrong."""
    pattern = np.array([1.0, -1.0, 1.0, 1.0, -1.0])
    w = t.call("hopfield_weights", pattern[None, :])
    t.close(w, weights_of(pattern[None, :]), what="weights")
    ask(t, weights_of(pattern[None, :]), pattern * [1, 1, -1, 1, 1], np.arange(5))


def test_weights(t):
    """Weights of several numbers of patterns and units."""
    for p, n in [(1, 4), (3, 7), (8, 5), (4, 4)]:
        patterns = signs(t, p, n)
        patterns[0, :2] = 1, -1
        t.close(t.call("hopfield_weights", patterns), weights_of(patterns), scale=1.0, what="weights")


def test_energy(t):
    """The energy of random states under random weights."""
    for n in (2, 5, 9):
        w, s = np.triu(t.rng.normal(size=(n, n)), 1), signs(t, n)
        t.close(t.call("hopfield_energy", w + w.T, s), energy_of(w + w.T, s), scale=1.0, what="energy")


def test_recall_from_damaged_copies(t):
    """Two stored patterns that differ in half the units come back from copies with two units wrong."""
    base = np.ones((2, 24))
    base[1, :12] = -1
    patterns = base * signs(t, 24)
    w = weights_of(patterns)
    for row in patterns:
        damaged = row.copy()
        damaged[t.rng.permutation(24)[:2]] *= -1
        got = t.call("hopfield_recall", w, damaged, t.rng.permutation(24))
        t.close(got, row, what="state")


def test_random_weights(t):
    """Random symmetric weights: the path to rest is that of asynchronous updates."""
    for n in (8, 15, 20):
        for _ in range(8):
            ask(t, *glass(t, n))


def test_order(t):
    """The same start in different orders, each its own path."""
    done = 0
    while done < 4:
        w, state, order = glass(t, 12)
        other = t.rng.permutation(12)
        want, back, plain = (recalled(w, state, o)[0] for o in (order, order[::-1], np.arange(12)))
        if np.array_equal(want, back) or np.array_equal(want, plain) or recalled(w, state, other)[2] < 1e-4:
            continue
        for o in (order, order[::-1].copy(), other):
            ask(t, w, state, o)
        done += 1


def test_few_sweeps(t):
    """A limit of sweeps ends the recall early."""
    found = 0
    while found < 4:
        w, state, order = glass(t, 25, least_sweeps=3)
        states = [recalled(w, state, order, k)[0] for k in (1, 2, 100)]
        if not np.array_equal(states[0], states[1]) and not np.array_equal(states[1], states[2]):
            found += 1
            for k in (1, 2, 3, 100):
                ask(t, w, state, order, k)
    got = t.call("hopfield_recall", w, state, order, max_sweeps=1)
    t.close(got, states[0], what="state")


def test_zero_field(t):
    """A unit whose field is 0 stays as it is, on or off."""
    w = np.zeros((5, 5))
    w[0, 1] = w[1, 0] = 1.0
    w[2, 3] = w[3, 2] = w[2, 4] = w[4, 2] = -2.0
    for _ in range(20):
        ask(t, w, signs(t, 5), t.rng.permutation(5))
    for unit in (-1.0, 1.0):
        ask(t, w, np.array([1.0, 1.0, unit, 1.0, -1.0]), np.array([2, 0, 3, 1, 4]))
    ask(t, np.zeros((4, 4)), np.array([1.0, -1.0, -1.0, 1.0]), np.arange(4))


def test_units_that_oppose_each_other(t):
    """Two units of opposite wishes come to rest and do not swing."""
    w = -np.array([[0.0, 1.0], [1.0, 0.0]]) * (1 + t.rng.random())
    for state in (np.array([1.0, 1.0]), np.array([-1.0, -1.0])):
        for order in (np.array([0, 1]), np.array([1, 0])):
            ask(t, w, state, order)


def test_rest_states_stay(t):
    """A state at rest is returned as it is, and so is its negative."""
    w, state, order = glass(t, 14)
    rest = recalled(w, state, order)[0]
    ask(t, w, rest, order)
    ask(t, w, -rest, order[::-1].copy())


def test_long_recall(t):
    """A chain that takes many sweeps is followed to its end."""
    n = 30
    w = np.zeros((n, n))
    i = np.arange(n - 1)
    w[i, i + 1] = w[i + 1, i] = np.linspace(3, 1, n - 1)
    state = np.full(n, -1.0)
    state[0] = 1.0
    state[1] = 1.0
    w[0, 1] = w[1, 0] = 9.0
    ask(t, w, state * (1 - 2 * t.rng.integers(2)), np.arange(n)[::-1].copy())


def test_float32(t):
    """float32 weights and states."""
    for _ in range(8):
        w, state, order = glass(t, 15)
        ask(t, w.astype(np.float32), state.astype(np.float32), order)
    patterns = signs(t, 3, 6).astype(np.float32)
    t.close(t.call("hopfield_weights", patterns), weights_of(patterns), scale=1.0, what="weights")
