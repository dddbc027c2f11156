"""Oracle: the statement, condition by condition."""

import numpy as np

TABLE = {
    "good": ["fine", "great", "nice"],
    "film": ["movie", "picture"],
    "bad": ["poor", "weak", "dire", "awful"],
    "not": ["never"],
    "seen": [],
    "actor": ["player"],
    "usa": ["new York", "mcDonald"],
}


def expected(words, synonyms, p, u, v, keep):
    result = []
    for i in range(len(words)):
        old = words[i]
        options = synonyms.get(old.lower(), [])
        if not options or old.lower() in keep or float(u[i]) >= p:
            result.append(old)
            continue
        new = options[int(np.floor(float(v[i]) * len(options)))]
        result.append(new[0].upper() + new[1:] if old[0].isupper() else new)
    return result


def ask(t, words, p, u, v, keep=(), synonyms=TABLE):
    got = t.call("synonym_replacement", list(words), synonyms, p, np.array(u), np.array(v), list(keep))
    t.equal(got, expected(words, synonyms, p, u, v, keep), what="words")


def decided(t, n):
    """Draws that replace, and choose the last synonym."""
    return t.rng.uniform(0, 0.2, size=n), t.rng.uniform(0.86, 0.99, size=n)


def example_two_words(t):
    """The example of the statement."""
    ask(t, ["Film", "Film"], 0.5, [0.9, 0.1], [0.1, 0.6], synonyms={"film": ["movie", "picture"]})


def test_all_replaced(t):
    """Every word that has synonyms is replaced."""
    words = ["a", "good", "film", "with", "bad", "actor", "good"]
    ask(t, words, 1.0, *decided(t, 7))


def test_by_chance(t):
    """Many words, a part of which is replaced."""
    words = [["good", "bad", "film", "the", "actor"][i] for i in t.rng.integers(5, size=200)]
    ask(t, words, 0.4, t.rng.random(200), t.rng.random(200))


def test_each_occurrence_decides(t):
    """The same word several times, each with its own draws."""
    u, v = [0.1, 0.9, 0.2, 0.8, 0.0, 0.1], [0.1, 0.1, 0.4, 0.5, 0.6, 0.9]
    ask(t, ["bad"] * 6, 0.5, u, v)


def test_every_synonym(t):
    """Evenly spread draws reach every synonym equally often."""
    v = t.rng.permutation((np.arange(60) + 0.5) / 60)
    ask(t, ["good"] * 60, 0.5, np.zeros(60), v)
    ask(t, ["bad"] * 60, 0.5, np.zeros(60), v)


def test_ends_of_the_unit_interval(t):
    """Draws of exactly p, of 0, and just below 1."""
    last = float(np.nextafter(1.0, 0.0))
    ask(t, ["good"] * 5, 0.5, [0.5, 0.0, 0.25, last, 0.1], [0.0, 0.0, last, last, last])
    ask(t, ["good", "film"], 0.0, [0.0, 0.3], [0.1, 0.9])


def test_protected_words(t):
    """Words of `keep` stay, in any spelling with capitals."""
    words = ["Not", "a", "good", "NOT", "not", "Good"]
    ask(t, words, 1.0, *decided(t, 6), keep=["not"])
    ask(t, words, 1.0, *decided(t, 6), keep=["good", "a"])


def test_protected_synonyms(t):
    """Only the old word is looked for in `keep`; a synonym that stands there may be chosen."""
    words = ["good", "Film", "bad", "actor", "nice"]
    ask(t, words, 1.0, *decided(t, 5), keep=["nice", "picture", "awful", "player"])


def test_capitals(t):
    """Words are found in any spelling; only the first letter's case is passed on."""
    words = ["Good", "FILM", "fILM", "USA", "usa", "Usa"]
    for v in (0.1, 0.9):
        ask(t, words, 1.0, t.rng.uniform(0, 0.2, size=6), [v] * 6)


def test_nothing_to_replace(t):
    """Words without synonyms and with an empty list of them stay as they are."""
    ask(t, ["Seen", "the", "seen", "New!", ",", "12"], 1.0, t.rng.random(6), t.rng.random(6))
    ask(t, ["good", "film"], 1.0, t.rng.random(2), t.rng.random(2), synonyms={})


def test_no_words(t):
    """An empty sentence."""
    ask(t, [], 0.5, np.zeros(0), np.zeros(0))


def test_draws_stay_with_their_words(t):
    """Words that are not replaced use up their draws too."""
    u = [0.9, 0.1, 0.1, 0.1, 0.9, 0.1]
    v = [0.9, 0.1, 0.5, 0.1, 0.1, 0.9]
    ask(t, ["good", "the", "good", "seen", "bad", "bad"], 0.5, u, v)
