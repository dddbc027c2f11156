"""Oracle: group by group, in float64, with Python's lists; the speed is measured against the reference."""

import numpy as np


def expected(x, groups, count):
    members = [[] for _ in range(count)]
    for row, g in zip(np.asarray(x, dtype=np.float64), groups.tolist(), strict=True):
        members[g].append(row)
    zero = np.zeros(x.shape[1])
    means = np.array([np.mean(m, axis=0) if m else zero for m in members])
    variances = np.array([np.var(m, axis=0) if m else zero for m in members])
    return np.array([len(m) for m in members]), means, variances


def ask(t, x, groups, count, rtol=None):
    got = t.call("group_statistics", x, groups, count)
    if not isinstance(got, list | tuple) or len(got) != 3:
        t.fail("wanted (sizes, means, variances)", returned=got)
    want = expected(x, groups, count)
    t.equal(got[0], want[0], what="sizes")
    t.close(got[1], want[1], rtol=rtol, what="means")
    t.close(got[2], want[2], rtol=rtol, scale=None if want[2].any() else 1.0, what="variances")


def draw(t, n, d, count):
    """Every group has several members, in a random order."""
    return t.rng.normal(size=(n, d)) * 2 + 1, t.rng.permutation(np.arange(n) % count)


def example_small(t):
    """Four examples, two features, three groups, one of them empty."""
    ask(t, np.array([[1.0, 2.0], [3.0, 0.0], [5.0, 4.0], [7.0, 1.0]]), np.array([0, 2, 0, 2]), 3)


def test_random_groups(t):
    """Groups of several examples, in no particular order."""
    for n, d, count in [(20, 3, 4), (33, 2, 7), (15, 5, 2)]:
        ask(t, *draw(t, n, d, count), count)


def test_groups_of_different_sizes(t):
    """Groups of very different sizes."""
    groups = t.rng.permutation(np.repeat(np.arange(5), [1, 2, 17, 4, 9]))
    ask(t, t.rng.normal(size=(33, 3)), groups, 5)


def test_empty_groups(t):
    """Empty groups at the beginning, in the middle and at the end."""
    for empty in ([0], [3], [6], [0, 1], [2, 4], [5, 6], [0, 3, 6]):
        full = np.array([g for g in range(7) if g not in empty])
        groups = full[draw(t, 20, 1, len(full))[1]]
        ask(t, t.rng.normal(size=(20, 3)), groups, 7)


def test_groups_of_one(t):
    """Every group has one member."""
    ask(t, t.rng.normal(size=(6, 4)), t.rng.permutation(6), 6)


def test_one_group(t):
    """A single group; a single example."""
    ask(t, t.rng.normal(size=(9, 3)), np.zeros(9, dtype=np.int64), 1)
    ask(t, t.rng.normal(size=(1, 3)), np.array([2]), 4)


def test_neighbours(t):
    """Groups whose members follow one another directly."""
    ask(t, t.rng.normal(size=(12, 2)), np.repeat([2, 0, 1], 4), 3)


def test_single_feature(t):
    """One feature."""
    ask(t, *draw(t, 14, 1, 3), 3)


def test_large_means(t):
    """Features of a million with a variance of 1."""
    x, groups = draw(t, 40, 3, 4)
    ask(t, x + np.array([1e6, -3e6, 0.0]), groups, 4, rtol=1e-8)


def test_float32(t):
    """float32 in, right to float32 precision."""
    x, groups = draw(t, 24, 3, 4)
    ask(t, x.astype(np.float32), groups, 4)


def test_many_groups(t):
    """Many examples in many groups, one of them empty."""
    x, groups = t.rng.normal(size=(40_000, 3)), t.rng.integers(4_000, size=40_000)
    groups[groups == 2345] = 17
    sizes = np.bincount(groups, minlength=4_000)
    got = t.call("group_statistics", x, groups, 4_000)
    t.equal(got[0], sizes, what="sizes")
    for g in (0, 17, 2345):
        mine = x[groups == g]
        t.close(got[1][g], mine.mean(axis=0) if len(mine) else np.zeros(3), what=f"means[{g}]")


def test_speed(t):
    """The time grows with examples plus groups."""
    t.speed(
        "group_statistics",
        lambda: (t.rng.normal(size=(80_000, 1)), t.rng.integers(4_000, size=80_000), 4_000),
        at_most=14,
        calls=3,
    )


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, groups = draw(t, 12, 4, 3)
    for array in t.layouts(x).values():
        ask(t, array, groups, 3)
