"""No layout is fixed: the three conditions of the statement are checked as properties."""

import numpy as np


def indices(t, part, n, name):
    if isinstance(part, list | tuple):
        part = np.array(part)
    t.check(isinstance(part, np.ndarray) and part.ndim == 1, f"{name} is not a one-dimensional array of indices")
    part = np.asarray(part)
    t.check(part.size == 0 or part.dtype.kind in "iu", f"{name} has dtype {part.dtype}; wanted integers")
    t.check(part.size == 0 or (part.min() >= 0 and part.max() < n), f"{name} has an index outside 0 to {n - 1}")
    return part.astype(int)


def split(t, labels, k, permutation):
    got = t.call("stratified_k_fold", labels, k, permutation)
    t.check(isinstance(got, list | tuple) and len(got) == k, f"wanted a list of {k} pairs (train, test)", got=got)
    n, classes = len(labels), np.unique(labels)
    tests, counts = [], []
    for number, pair in enumerate(got):
        t.check(len(pair) == 2, f"element {number} is not a pair (train, test)", got=pair)
        train, test = (indices(t, p, n, f"{w} of pair {number}") for p, w in zip(pair, ("train", "test"), strict=True))
        together = np.sort(np.concatenate([train, test]))
        message = f"train and test of pair {number} are not all {n} indices, each once"
        t.check(np.array_equal(together, np.arange(n)), message, got=pair)
        tests.append(test)
        counts.append([(labels[test] == c).sum() for c in classes])
    every = np.sort(np.concatenate(tests))
    t.check(np.array_equal(every, np.arange(n)), "some index is not in exactly one test part", got=tests)
    table = np.array(counts)
    for column, c in enumerate(classes):
        found = table[:, column].tolist()
        message = f"class {c} has {found} examples in the test parts; they may differ by at most one"
        t.check(max(found) - min(found) <= 1, message)
    return {frozenset(test.tolist()) for test in tests}


def shuffled(t, counts):
    labels = t.rng.permutation(np.repeat(np.array(list(counts)), list(counts.values())))
    return labels, t.rng.permutation(len(labels))


def example_ten_examples(t):
    """Six examples of class 0, four of class 1, two folds."""
    split(t, np.array([0, 0, 1, 0, 1, 0, 0, 1, 0, 1]), 2, np.array([3, 9, 0, 7, 5, 2, 8, 1, 6, 4]))


def test_even_counts(t):
    """Class sizes that divide by k."""
    for _ in range(4):
        labels, permutation = shuffled(t, {0: 20, 1: 10})
        split(t, labels, 5, permutation)


def test_uneven_counts(t):
    """Class sizes that leave a rest."""
    for k in (2, 3, 4, 7):
        labels, permutation = shuffled(t, {0: 23, 1: 11, 2: 9})
        split(t, labels, k, permutation)


def test_any_integers(t):
    """Labels with gaps and below zero."""
    for k in (2, 3, 4, 5):
        labels, permutation = shuffled(t, {-7: 13, 40: 6, 3: 8})
        split(t, labels, k, permutation)


def test_small_class(t):
    """A class with fewer members than folds."""
    for k in (4, 5, 7, 9):
        labels, permutation = shuffled(t, {0: 30, 1: 3, 2: 1})
        split(t, labels, k, permutation)


def test_as_many_folds_as_possible(t):
    """k equal to the size of the largest class."""
    for k in (5, 6, 7, 8):
        labels, permutation = shuffled(t, {0: k, 1: 4})
        split(t, labels, k, permutation)


def test_sorted_data(t):
    """Data sorted by class."""
    labels = np.repeat([0, 1, 2], [14, 10, 6])
    for k in (3, 4, 5):
        split(t, labels, k, t.rng.permutation(30))
    split(t, labels, 4, np.arange(30))


def test_the_permutation_decides(t):
    """Two permutations give two splits."""
    labels, first = shuffled(t, {0: 30, 1: 20})
    second = t.rng.permutation(50)
    one, other = split(t, labels, 5, first), split(t, labels, 5, second)
    t.check(one != other, "two different permutations give the same split")


def test_places_play_no_part(t):
    """Reordered data with the identity as permutation give the same split, renamed."""
    for k in (3, 5):
        labels, permutation = shuffled(t, {0: 31, 4: 17, 9: 8})
        direct = split(t, labels, k, permutation)
        renamed = {frozenset(permutation[list(f)].tolist()) for f in split(t, labels[permutation], k, np.arange(56))}
        t.check(
            direct == renamed, "the split of the reordered data is another one: the shuffle is not all that decides"
        )


def test_bad_k(t):
    """Too few and too many folds are refused."""
    labels, permutation = shuffled(t, {0: 6, 1: 4})
    for k in (1, 0, 7, 11):
        t.raises("stratified_k_fold", labels, k, permutation)
