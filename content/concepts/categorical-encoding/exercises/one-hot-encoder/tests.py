"""Oracle: comparisons of each value with each sorted training category."""

import numpy as np


def expected(train, values, drop_first=False):
    columns = sorted(set(train))
    rows = [[1.0 if v == c else 0.0 for c in columns] for v in values]
    return np.array(rows).reshape(len(values), len(columns))[:, 1 if drop_first else 0 :]


def ask(t, encoder, train, values, drop_first=False):
    got = encoder.call("transform", list(values))
    if isinstance(got, np.ndarray) and got.dtype.kind == "b":
        t.fail("the array holds booleans; numbers are asked", returned=got)
    t.close(got, expected(train, values, drop_first), what="transform")


def refuse(t, encoder, method, values):
    try:
        got = encoder.call(method, list(values))
    except Exception as stopped:
        if not getattr(stopped, "message", "").startswith("ValueError"):
            raise
        return
    t.fail("an unseen value was accepted; a ValueError is asked", returned=got)


def fitted(t, train, **settings):
    encoder = t.new("OneHotEncoder", **settings)
    encoder.call("fit", list(train))
    return encoder


def words(t, count):
    """Different words in an order that is not sorted."""
    letters = list("abcdefghijklmnopqrstuvwxyzABC")
    found = sorted({"".join(t.rng.choice(letters, size=4)) for _ in range(count * 3)})[: count * 2]
    picked = [found[i] for i in t.rng.permutation(len(found))[:count]]
    return sorted(picked, reverse=True)


def example_colours(t):
    """Two colours."""
    ask(t, fitted(t, ["red", "blue", "red"]), ["red", "blue", "red"], ["red", "blue"])


def test_strings(t):
    """Random words with repeats."""
    train = words(t, 6) * 3
    encoder = fitted(t, train)
    ask(t, encoder, train, [train[i] for i in t.rng.integers(len(train), size=20)])


def test_numbers(t):
    """Whole numbers are sorted by size."""
    train = [10, 9, 2, 100, -3, 9, 10, -20]
    encoder = fitted(t, train)
    ask(t, encoder, train, train)
    ask(t, encoder, train, [100, -20, 2])


def test_part_of_the_categories(t):
    """A batch that has only some of the training categories, and a single value."""
    train = words(t, 7)
    encoder = fitted(t, train + train)
    ask(t, encoder, train, [train[4], train[1], train[4]])
    ask(t, encoder, train, [train[2]])


def test_upper_and_lower_case(t):
    """Categories that differ in case or by a space are different."""
    train = ["b", "B", "a", "b ", "", "A"]
    ask(t, fitted(t, train), train, ["b", "", "A", "b ", "B", "a"])


def test_unseen_raises(t):
    """An unseen category is refused by default, wherever it would be sorted."""
    for settings in ({}, {"unseen": "error"}, {"unseen": "error", "drop_first": True}):
        for new in ("a", "lm", "z"):
            encoder = fitted(t, ["m", "c", "k", "m"], **settings)
            refuse(t, encoder, "transform", ["m", new, "k"])
            refuse(t, encoder, "transform", [new])
            ask(t, encoder, ["m", "c", "k"], ["k", "m", "c"], settings.get("drop_first", False))


def test_unseen_zeros(t):
    """An unseen category becomes a row of zeros when that is asked for."""
    train = ["m", "c", "k", "m"]
    encoder = fitted(t, train, unseen="zeros")
    ask(t, encoder, train, ["z", "k", "a", "c", "d", "m", "a"])
    ask(t, encoder, train, ["c", "a", "m"])
    numbers = [5, 1, 9, 1]
    ask(t, fitted(t, numbers, unseen="zeros"), numbers, [0, 9, 3, 5, 50, 1])


def test_drop_first(t):
    """The first category has no column of its own."""
    train = words(t, 5) * 2
    encoder = fitted(t, train, drop_first=True)
    ask(t, encoder, train, train, drop_first=True)
    ask(t, encoder, train, [min(train), max(train)], drop_first=True)
    mixed = fitted(t, train, drop_first=True, unseen="zeros")
    ask(t, mixed, train, ["~new", train[0], min(train), "!"], drop_first=True)


def test_empty(t):
    """No values give no rows but all columns."""
    train = ["x", "y", "z"]
    ask(t, fitted(t, train), train, [])
    ask(t, fitted(t, train, drop_first=True), train, [], drop_first=True)


def test_one_category(t):
    """A single category."""
    ask(t, fitted(t, ["only", "only"]), ["only"], ["only", "only", "only"])
    ask(t, fitted(t, ["only"], drop_first=True), ["only"], ["only", "only"], drop_first=True)


def test_fit_again(t):
    """A second fit forgets the first; two encoders do not share anything."""
    encoder, other = fitted(t, ["b", "d", "a"], unseen="zeros"), fitted(t, ["q", "p"], unseen="zeros")
    encoder.call("fit", ["d", "e", "c", "e"])
    ask(t, encoder, ["c", "d", "e"], ["e", "b", "c", "d", "a"])
    ask(t, other, ["p", "q"], ["q", "d", "p"])
