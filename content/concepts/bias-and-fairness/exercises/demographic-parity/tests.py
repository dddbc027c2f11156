"""Oracle: counting person by person."""

from fractions import Fraction

import numpy as np


def expected(predictions, groups):
    yes, members = {}, {}
    for p, g in zip(predictions.tolist(), groups.tolist(), strict=True):
        members[g] = members.get(g, 0) + 1
        yes[g] = yes.get(g, 0) + int(p)
    rates = [Fraction(yes[g], members[g]) for g in sorted(members)]
    ratio = min(rates) / max(rates) if max(rates) else Fraction(1)
    return np.array([float(r) for r in rates]), float(max(rates) - min(rates)), float(ratio)


def ask(t, predictions, groups):
    got = t.call("demographic_parity", predictions, groups)
    t.close(got, expected(predictions, groups), what="(rates, difference, ratio)")


def people(t, counts):
    """Shuffled people from {group: (members, positive decisions)}; the first one is of the group that sorts last."""
    groups = np.concatenate([np.full(members, g) for g, (members, _) in counts.items()])
    decisions = np.concatenate([np.arange(members) < yes for members, yes in counts.values()]).astype(int)
    order = t.rng.permutation(len(groups))
    order = np.roll(order, -int(np.argmax(groups[order])))
    return decisions[order], groups[order]


def example_two_groups(t):
    """The example of the statement."""
    ask(t, np.array([1, 0, 1, 1]), np.array([7, 7, 2, 2]))


def test_two_groups(t):
    """Two groups of different size."""
    ask(t, *people(t, {0: (40, 13), 1: (25, 17)}))
    ask(t, *people(t, {0: (40, 33), 1: (25, 4)}))


def test_several_groups(t):
    """Four groups, of which neither the first nor the last is the extreme."""
    ask(t, *people(t, {0: (20, 9), 1: (31, 5), 2: (12, 11), 3: (18, 8)}))


def test_any_integers(t):
    """Groups with gaps and below zero."""
    ask(t, *people(t, {50: (9, 4), -3: (14, 11), 7: (22, 3)}))


def test_random_decisions(t):
    """Random groups and decisions."""
    groups = np.concatenate([[4, 1, 3, 0, 2], t.rng.integers(5, size=495)])
    shares = np.array([0.5, 0.1, 0.45, 0.9, 0.55])
    ask(t, (t.rng.random(500) < shares[groups]).astype(int), groups * 3)


def test_booleans(t):
    """Decisions as booleans."""
    decisions, groups = people(t, {1: (12, 5), 2: (9, 8), 3: (15, 4)})
    ask(t, decisions.astype(bool), groups)


def test_nobody(t):
    """No positive decision at all."""
    ask(t, *people(t, {0: (5, 0), 1: (8, 0), 4: (3, 0)}))


def test_everybody(t):
    """Nothing but positive decisions."""
    ask(t, *people(t, {0: (5, 5), 1: (8, 8)}))


def test_a_group_without(t):
    """One group gets nothing."""
    ask(t, *people(t, {3: (6, 0), 1: (8, 5), 2: (9, 8)}))


def test_one_group(t):
    """A single group is equal to itself."""
    ask(t, *people(t, {9: (7, 3)}))
    ask(t, *people(t, {9: (7, 0)}))


def test_one_person_each(t):
    """Groups of a single person."""
    ask(t, np.array([1, 0, 1]), np.array([5, 3, 4]))
