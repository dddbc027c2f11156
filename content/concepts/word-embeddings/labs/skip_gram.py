"""Does predicting the company of a word give better vectors than counting it?

A generator writes short sentences: a person ("queen", "monk") with four words that were chosen by that person's trade,
by gender, or by chance. Word2vec's skip-gram is trained on the pairs of words that share a sentence: each word has two
vectors, one as centre and one as context, and logistic regression on their product tells pairs that were seen from
pairs with a word drawn at random. Learning rate, its decay and the first weights are word2vec's own. The rivals only
count: raw counts of company, or positive pointwise mutual information (PPMI) reduced by a singular value decomposition
(SVD). Of each we ask whether a person's nearest neighbour has the same trade. By theory, the product of a centre and a
context vector is their mutual information less the logarithm of the number of negatives; we look at that too.

What would change the outcome: the size of the text. Skip-gram wants more of it than mutual information does, and more
updates on a small text do not make up for that. On a large text all three find what is there.
Skip-gram's settings matter too: fewer negatives, updates or dimensions. Try one negative instead of five.
"""

import numpy as np

ARMS = {
    "skip-gram": "skip-gram with negative sampling",
    "ppmi-svd": "positive mutual information, few dimensions",
    "counts": "rows of the co-occurrence counts",
}
MEASURES = {
    "trade": {"says": "nearest neighbours of the same trade", "unit": "%", "better": "higher"},
    "pmi": {"says": "correlation with the mutual information of pairs that were seen", "better": "higher"},
}
CONDITIONS = ["300", "3000", "30000"]
AXIS = "sentences"
PARAMETERS = {
    "dimensions": {"says": "dimensions of the embedding", "default": 16, "low": 2, "high": 60},
    "negatives": {"says": "random words for each pair", "default": 5, "low": 1, "high": 20},
    "updates": {"says": "updates of skip-gram, 500 pairs each", "default": 1000, "low": 50, "high": 5000},
}
CLAIMS = {
    "recovers-trade": {
        "says": "Skip-gram recovers the trades: more than 90 % of nearest neighbours are of the same trade.",
        "test": "trade: skip-gram > 90",
    },
    "predicting-beats-counting": {
        "says": "Word vectors that predict are better than vectors that count: at least 5 points above PPMI and SVD.",
        "test": "trade: skip-gram > ppmi-svd + 5",
    },
    "beats-raw-counts": {
        "says": "Skip-gram recovers trades better than raw counts do, by at least 10 points.",
        "test": "trade: skip-gram > counts + 10",
    },
    "factorises": {
        "says": "Skip-gram factorises mutual information: its products correlate with it by at least 0.8.",
        "test": "pmi: skip-gram > 0.8",
    },
}
SOURCES = ["levy-goldberg-2014", "baroni-2014", "levy-2015"]
BUDGET_S = 10

PAIRS = ["king queen", "duke duchess", "actor actress", "waiter waitress", "monk nun", "wizard witch", "uncle aunt"]
PAIRS += ["hero heroine", "host hostess", "count countess"]
PEOPLE = [word for pair in PAIRS for word in pair.split()]  # trade = index // 2, gender = index % 2
TRADES, OF_TRADE, OF_GENDER, FREE = len(PEOPLE) // 2, 5, 6, 40  # words of each trade and gender, and others
WORDS = len(PEOPLE) + TRADES * OF_TRADE + 2 * OF_GENDER + FREE
RATE, PAIRS_AT_ONCE = 0.025, 500


def measure(seed, dimensions, negatives, updates):
    """How well each kind of vector tells the trades, and how near its products are to mutual information."""
    found = {}
    for condition in CONDITIONS:
        together = cooccurrence(seed, int(condition))
        seen, information = together > 0, mutual_information(together)
        tables = {
            "skip-gram": skip_gram(seed, together, dimensions, negatives, updates),
            "ppmi-svd": ppmi_svd(together, dimensions),
            "counts": (together, np.eye(WORDS)),
        }
        found[condition] = {
            arm: {"trade": trade_found(a), "pmi": np.corrcoef((a @ b.T)[seen], information[seen])[0, 1]}
            for arm, (a, b) in tables.items()
        }
    return found


def illustrate(seed, dimensions, negatives, updates):
    """What skip-gram's products are, beside the mutual information less the logarithm of the number of negatives."""
    together = cooccurrence(seed, 30000)
    a, b = skip_gram(seed, together, dimensions, negatives, updates)
    information, products = mutual_information(together) - np.log(negatives), a @ b.T
    some = np.argwhere(together > 0)[::25]  # one pair in 25
    same = some.max(1) < len(PEOPLE) + TRADES * OF_TRADE  # a person and a word of that person's trade
    dots = np.stack([information[tuple(some.T)], products[tuple(some.T)]], axis=1)
    groups = {"person and a word of the trade": dots[same].tolist(), "other pairs": dots[~same].tolist()}
    labels = {"x_label": "mutual information - log of the negatives", "y_label": "product of skip-gram's vectors"}
    return [
        {"kind": "points", "title": "Skip-gram's products against mutual information", **labels, "groups": groups},
    ]


def cooccurrence(seed, sentences):
    """How often two words share a sentence: (word, word)."""
    random = np.random.default_rng(seed)
    person = random.integers(len(PEOPLE), size=(sentences, 1))
    by_trade = len(PEOPLE) + OF_TRADE * (person // 2) + random.integers(OF_TRADE, size=(sentences, 4))
    by_gender = WORDS - FREE - OF_GENDER * (1 + person % 2) + random.integers(OF_GENDER, size=(sentences, 4))
    by_chance = WORDS - FREE + random.integers(FREE, size=(sentences, 4))
    kind = random.random((sentences, 4))
    company = np.where(kind < 0.25, by_trade, np.where(kind < 0.5, by_gender, by_chance))
    words = np.hstack([person, company])  # (sentence, 5)
    pairs = words[:, :, None] * WORDS + words[:, None, :]  # every two words of a sentence, as one number
    together = np.bincount(pairs.ravel(), minlength=WORDS**2).reshape(WORDS, WORDS).astype(float)
    return together - np.diag(np.diag(together))


def skip_gram(seed, together, dimensions, negatives, updates):
    """Centre and context vectors (word, dimension), by stochastic gradient descent on sampled pairs."""
    random = np.random.default_rng(seed + 1)
    a, b = (random.random((WORDS, dimensions)) - 0.5) / dimensions, np.zeros((WORDS, dimensions))
    text = np.repeat(np.arange(WORDS**2), together.ravel().astype(int))  # every pair of the text, as one number
    contexts = text % WORDS
    for update in range(updates):
        pairs = text[random.integers(len(text), size=PAIRS_AT_ONCE)]
        drawn = contexts[random.integers(len(text), size=(PAIRS_AT_ONCE, negatives))]  # by their frequency
        seen = np.bincount(pairs, minlength=WORDS**2).reshape(WORDS, WORDS)
        unseen = np.bincount((pairs[:, None] // WORDS * WORDS + drawn).ravel(), minlength=WORDS**2)
        probability = 1 / (1 + np.exp(-a @ b.T))  # that the pair was seen
        error = (seen + unseen.reshape(WORDS, WORDS)) * probability - seen  # of each pair, as often as it came up
        rate = RATE * (1 - update / updates)
        a, b = a - rate * error @ b, b - rate * error.T @ a
    return a, b


def mutual_information(together):
    """Log of how much more often two words share a sentence than by chance."""
    expected = np.outer(together.sum(1), together.sum(0)) / together.sum()
    return np.log(np.maximum(together, 1e-9) / np.maximum(expected, 1e-9))


def ppmi_svd(together, dimensions):
    """The best approximation of positive mutual information in few dimensions, its two sides."""
    u, s, vt = np.linalg.svd(np.maximum(mutual_information(together), 0))
    return u[:, :dimensions] * s[:dimensions] ** 0.5, vt[:dimensions].T * s[:dimensions] ** 0.5


def trade_found(vectors):
    v = vectors[: len(PEOPLE)] / np.maximum(np.linalg.norm(vectors[: len(PEOPLE)], axis=1, keepdims=True), 1e-9)
    nearest = (v @ v.T - 2 * np.eye(len(v))).argmax(1)
    return 100 * (nearest // 2 == np.arange(len(v)) // 2).mean()
