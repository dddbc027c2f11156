"""Oracle: transpositions composed as a permutation; words kept by position."""

import numpy as np


def swapped(words, pairs):
    place = list(range(len(words)))  # place[k]: which original word stands at k
    for i, j in np.asarray(pairs).reshape(-1, 2).tolist():
        place = [place[j] if k == i else place[i] if k == j else place[k] for k in range(len(place))]
    return [words[k] for k in place]


def deleted(words, p, u, survivor):
    left = [k for k in range(len(words)) if not float(u[k]) < p]
    return [words[k] for k in left or ([survivor] if words else [])]


def ask_swap(t, words, pairs):
    t.equal(t.call("random_swap", list(words), np.array(pairs).reshape(-1, 2)), swapped(words, pairs), what="words")


def ask_deletion(t, words, p, u, survivor):
    got = t.call("random_deletion", list(words), p, np.array(u, dtype=float), survivor)
    t.equal(got, deleted(words, p, u, survivor), what="words")


def sentence(n):
    return [f"w{k}" for k in range(n)]


def example_swap(t):
    """Two swaps, one after the other."""
    ask_swap(t, ["a", "b", "c"], [[0, 1], [1, 2]])


def example_deletion(t):
    """Two of three words are deleted."""
    ask_deletion(t, ["a", "b", "c"], 0.5, [0.1, 0.7, 0.2], 0)


def test_one_swap(t):
    """A single swap, in both orders of its positions."""
    i, j = t.rng.choice(8, size=2, replace=False)
    ask_swap(t, sentence(8), [[i, j]])
    ask_swap(t, sentence(8), [[j, i]])


def test_swaps_compose(t):
    """Several swaps of which each works on the result of the former."""
    ask_swap(t, sentence(6), [[0, 3], [3, 5], [5, 0], [2, 3]])
    ask_swap(t, sentence(12), np.concatenate([[[0, 1], [1, 2], [2, 3]], t.rng.integers(12, size=(15, 2))]))


def test_swaps_undone(t):
    """The same swap twice, and a swap of a place with itself."""
    ask_swap(t, sentence(5), [[1, 4], [1, 4]])
    ask_swap(t, sentence(5), [[2, 2], [0, 4], [3, 3]])


def test_no_swaps(t):
    """No pairs at all; a single word; no words."""
    ask_swap(t, sentence(4), np.zeros((0, 2), dtype=int))
    ask_swap(t, ["one"], [[0, 0]])
    ask_swap(t, [], np.zeros((0, 2), dtype=int))


def test_swaps_with_repeated_words(t):
    """Equal words are told apart by their places."""
    ask_swap(t, ["a", "b", "a", "c", "a"], [[2, 3], [0, 1], [3, 4], [1, 2]])


def test_deletion_by_chance(t):
    """Many words, a part of which is deleted."""
    for p in (0.2, 0.5, 0.8):
        ask_deletion(t, sentence(100), p, t.rng.random(100), 3)


def test_neighbours_deleted(t):
    """Words side by side are all deleted."""
    ask_deletion(t, sentence(7), 0.5, [0.9, 0.1, 0.2, 0.3, 0.4, 0.8, 0.1], 0)


def test_deletion_of_repeated_words(t):
    """Of equal words the right one goes."""
    ask_deletion(t, ["a", "b", "a", "c", "a"], 0.5, [0.9, 0.8, 0.1, 0.7, 0.6], 1)
    ask_deletion(t, ["x", "y", "x", "z"], 0.5, [0.1, 0.9, 0.8, 0.9], 1)


def test_one_word_survives(t):
    """When all would be deleted, one is kept; when not, it has no privilege."""
    for survivor in (0, 2, 4):
        ask_deletion(t, sentence(5), 0.7, t.rng.random(5) * 0.5, survivor)
        ask_deletion(t, sentence(5), 0.7, [0.1 if k == survivor else 0.9 for k in range(5)], survivor)
    ask_deletion(t, ["only"], 0.5, [0.2], 0)


def test_draws_at_p(t):
    """A draw of exactly p keeps the word; probabilities of 0 and 1."""
    ask_deletion(t, sentence(4), 0.5, [0.5, 0.25, 0.5, 0.75], 1)
    ask_deletion(t, sentence(3), 0.0, [0.0, 0.4, 0.0], 1)
    ask_deletion(t, sentence(3), 1.0, [0.0, 0.4, 0.999], 2)


def test_deletion_without_words(t):
    """An empty sentence stays empty."""
    ask_deletion(t, [], 0.5, [], 0)
