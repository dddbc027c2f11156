"""Oracle: counting person by person."""

import math

import numpy as np


def expected(labels, predictions, groups):
    kinds = sorted(set(groups.tolist()))
    rates = {}
    for truth in (1, 0):
        rates[truth] = []
        for g in kinds:
            part = [p for y, p, q in zip(labels, predictions, groups, strict=True) if y == truth and q == g]
            rates[truth].append(sum(int(p) for p in part) / len(part) if part else math.nan)
    gaps = [0.0]
    for found in rates.values():
        there = [r for r in found if not math.isnan(r)]
        gaps += [a - b for a in there for b in there]
    return np.array(rates[1]), np.array(rates[0]), max(gaps)


def ask(t, labels, predictions, groups):
    got = t.call("equalised_odds", labels, predictions, groups)
    t.close(got, expected(labels, predictions, groups), what="(tpr, fpr, difference)")


def people(t, table):
    """Shuffled people from {group: (tp, fn, fp, tn)}."""
    rows = []
    for g, (tp, fn, fp, tn) in table.items():
        rows += [(1, 1, g)] * tp + [(1, 0, g)] * fn + [(0, 1, g)] * fp + [(0, 0, g)] * tn
    return np.array(rows)[t.rng.permutation(len(rows))].T.copy()


def example_two_groups(t):
    """The example of the statement."""
    ask(t, np.array([1, 1, 0, 1, 0, 0]), np.array([1, 0, 0, 1, 1, 0]), np.array([0, 0, 0, 1, 1, 1]))


def test_gap_in_tpr(t):
    """The true positive rates lie further apart."""
    ask(t, *people(t, {0: (17, 3, 6, 25), 1: (5, 9, 4, 13)}))


def test_gap_in_fpr(t):
    """The false positive rates lie further apart."""
    ask(t, *people(t, {0: (17, 3, 6, 25), 1: (13, 4, 11, 5)}))


def test_several_groups(t):
    """Four groups; the extremes of the two rates are in different ones."""
    ask(t, *people(t, {0: (7, 4, 5, 9), 1: (12, 1, 6, 8), 2: (6, 8, 4, 7), 3: (9, 5, 11, 6)}))


def test_any_integers(t):
    """Groups with gaps and below zero."""
    ask(t, *people(t, {-8: (3, 4, 9, 2), 40: (8, 2, 3, 7), 5: (2, 7, 1, 6)}))


def test_random(t):
    """Random labels, decisions and groups."""
    groups = t.rng.integers(4, size=300)
    labels = (t.rng.random(300) < 0.3 + 0.1 * groups).astype(int)
    ask(t, labels, (t.rng.random(300) < 0.2 + 0.4 * labels + 0.08 * groups).astype(int), groups)


def test_perfect(t):
    """A perfect classifier with different base rates."""
    ask(t, *people(t, {0: (15, 0, 0, 4), 1: (3, 0, 0, 18)}))


def test_always_wrong(t):
    """A classifier that is always wrong."""
    ask(t, *people(t, {0: (0, 7, 9, 0), 1: (0, 4, 11, 0)}))


def test_group_without_positives(t):
    """A group none of whom has label 1."""
    ask(t, *people(t, {0: (6, 4, 2, 9), 1: (0, 0, 4, 7), 2: (3, 9, 5, 6)}))
    ask(t, *people(t, {0: (8, 4, 2, 9), 1: (0, 0, 2, 7)}))


def test_group_without_negatives(t):
    """A group none of whom has label 0."""
    ask(t, *people(t, {0: (6, 4, 0, 0), 1: (5, 4, 8, 7), 2: (3, 3, 2, 6)}))
    ask(t, *people(t, {0: (6, 3, 0, 0), 1: (5, 4, 8, 2)}))


def test_one_label_only(t):
    """No label 1 in any group, or no label 0."""
    ask(t, *people(t, {0: (0, 0, 5, 6), 1: (0, 0, 2, 9)}))
    ask(t, *people(t, {0: (5, 6, 0, 0), 1: (2, 9, 0, 0)}))


def test_nothing_to_compare(t):
    """A single group; two groups that share no label."""
    ask(t, *people(t, {4: (6, 3, 2, 5)}))
    ask(t, *people(t, {4: (6, 3, 0, 0), 6: (0, 0, 2, 5)}))
