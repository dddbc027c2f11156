"""Oracle: positions in a list of categories."""

import numpy as np


def ask(t, encoder, categories, values, unseen=None):
    wanted = [categories.index(v) if v in categories else unseen for v in values]
    t.equal(encoder.call("transform", list(values)), np.array(wanted, dtype=int), what="transform")


def ask_back(t, encoder, categories, codes):
    t.equal(encoder.call("inverse_transform", list(codes)), [categories[c] for c in codes], what="inverse_transform")


def refuse(t, encoder, method, values, message):
    try:
        got = encoder.call(method, list(values))
    except Exception as stopped:
        if not getattr(stopped, "message", "").startswith("ValueError"):
            raise
        return
    t.fail(f"{message}; a ValueError is asked", returned=got)


def fitted(t, train, **settings):
    encoder = t.new("LabelEncoder", **settings)
    encoder.call("fit", list(train))
    return encoder


def example_sizes(t):
    """Three sizes in a given order."""
    order = ["low", "mid", "high"]
    ask(t, fitted(t, ["mid", "low"], order=order), order, ["high", "low"])


def test_sorted_strings(t):
    """Words, coded in sorted order whatever came first."""
    known = ["Zebra", "apple", "fig", "fig tree", "kiwi", "pear"]
    train = [known[i] for i in [5, 0, 3, 1, 5, 5, 4, 2, 2]]
    encoder = fitted(t, train)
    ask(t, encoder, known, [known[i] for i in t.rng.integers(6, size=15)])
    ask(t, encoder, known, ["pear", "Zebra", "kiwi", "apple"])


def test_sorted_numbers(t):
    """Whole numbers are sorted by size."""
    train = [100, 9, 10, -3, 9, 20, -30]
    encoder = fitted(t, train)
    ask(t, encoder, sorted(set(train)), train)
    ask_back(t, encoder, sorted(set(train)), [5, 0, 3, 1, 2, 4, 0])


def test_given_order(t):
    """A given order that is neither sorted nor that of appearance."""
    order = ["c", "a", "e", "b", "d"]
    encoder = fitted(t, ["d", "d", "a", "c", "b", "e"], order=order)
    ask(t, encoder, order, ["a", "b", "c", "d", "e", "a"])
    ask_back(t, encoder, order, [4, 0, 2, 3, 1])


def test_order_with_more_values(t):
    """Values of the order that are missing from the training data keep their codes."""
    order = [30, 10, 50, 20, 40]
    encoder = fitted(t, [20, 50, 20], order=order)
    ask(t, encoder, order, [20, 30, 40, 50, 10])
    ask_back(t, encoder, order, [0, 1, 4, 2, 3])


def test_order_with_too_few_values(t):
    """A training value that is missing from the order is refused, whatever `unseen` is."""
    for settings in ({}, {"unseen": -1}):
        encoder = t.new("LabelEncoder", order=["a", "c"], **settings)
        refuse(t, encoder, "fit", ["a", "b", "c"], "fit took a value that is not in `order`")


def test_unseen_raises(t):
    """An unseen value is refused by default, wherever it would be sorted."""
    for new in ("a", "lm", "z"):
        for settings in ({}, {"order": ["m", "c", "k"]}):
            encoder = fitted(t, ["m", "c", "k", "m"], **settings)
            refuse(t, encoder, "transform", ["m", new], "an unseen value got a code")
            ask(t, encoder, settings.get("order", ["c", "k", "m"]), ["c", "m", "k"])


def test_unseen_code(t):
    """Unseen values get the code that was asked for, also 0."""
    for code in (-1, 0, 99):
        encoder = fitted(t, ["m", "c", "k", "m"], unseen=code)
        ask(t, encoder, ["c", "k", "m"], ["a", "m", "lm", "c", "z", "a"], unseen=code)
        ask(t, encoder, ["c", "k", "m"], ["lm", "k"], unseen=code)
    numbers = [5, 1, 9, 1]
    ask(t, fitted(t, numbers, unseen=-7), [1, 5, 9], [0, 9, 3, 5, 50, 1], unseen=-7)


def test_back_again(t):
    """What was encoded comes back, strings as strings."""
    known = ["ab", "b", "c d"]
    ask_back(t, fitted(t, ["c d", "ab", "b", "ab"]), known, [2, 2, 0, 1])
    numbers = sorted(set(t.rng.integers(1000, size=30).tolist()))
    encoder = fitted(t, numbers[::-1])
    codes = t.rng.integers(len(numbers), size=12).tolist()
    ask_back(t, encoder, numbers, codes)


def test_bad_codes(t):
    """Codes that belong to no value are refused on the way back."""
    for settings in ({}, {"unseen": -1}):
        encoder = fitted(t, [30, 10, 20], **settings)
        for codes in ([0, 3], [-1], [1, -3]):
            refuse(t, encoder, "inverse_transform", codes, "a code that belongs to no value was turned into one")
        ask_back(t, encoder, [10, 20, 30], [2, 0])


def test_empty(t):
    """No values give an empty array, no codes an empty list."""
    encoder = fitted(t, ["x", "y"])
    t.close(encoder.call("transform", []), np.zeros(0), what="transform")
    t.check(len(encoder.call("inverse_transform", [])) == 0, "no codes must give no values")


def test_fit_again(t):
    """A second fit forgets the first; two encoders do not share anything."""
    encoder, other = fitted(t, ["b", "d", "a"], unseen=-1), fitted(t, ["q", "p"], unseen=-1)
    encoder.call("fit", ["d", "e", "c", "e"])
    ask(t, encoder, ["c", "d", "e"], ["e", "b", "c", "d", "a"], unseen=-1)
    ask(t, other, ["p", "q"], ["q", "d", "p"], unseen=-1)
