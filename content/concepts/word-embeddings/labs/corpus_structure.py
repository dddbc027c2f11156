"""Do word embeddings recover the structure of the text that they come from?

A generator writes short sentences: a person ("queen", "monk") with four words that were chosen by that person's trade,
by gender, or by chance. So we know the truth: ten trades, two genders, and nothing else. Every word gets a vector from
its company: the raw counts of words that it shares sentences with, or these counts turned into positive pointwise
mutual information (how much more often than by chance) and reduced to a few dimensions by a singular value
decomposition. Then we ask two things. Has a person's nearest neighbour the same trade? And does the mean difference of
nine pairs (king - queen ...) tell who is the woman in the tenth?

What would change the outcome: the number of sentences, and the share of words that tell anything. The text is made of
two independent choices, which is as easy as it gets: real text has more structure, and less regular. Whether mutual
information or the few dimensions help against raw counts is not taken apart.
"""

import numpy as np

ARMS = {"counts": "rows of the co-occurrence counts", "ppmi-svd": "mutual information, few dimensions"}
MEASURES = {
    "trade": {"says": "nearest neighbours of the same trade", "unit": "%", "better": "higher"},
    "gender": {"says": "pairs told apart by the direction of gender", "unit": "%", "better": "higher"},
}
CONDITIONS = ["300", "3000", "30000"]
AXIS = "sentences"
PARAMETERS = {
    "dimensions": {"says": "dimensions of the embedding", "default": 16, "low": 2, "high": 60},
    "telling": {"says": "share of words chosen by trade or gender", "default": 0.5, "low": 0.0, "high": 1.0},
}
CLAIMS = {
    "recovers-trade": {
        "says": "The embeddings recover the trades: more than 90 % of nearest neighbours are of the same trade.",
        "test": "trade: ppmi-svd > 90",
    },
    "recovers-gender": {
        "says": "One direction holds the gender: it tells the two words of an unseen pair apart in more than 90 %.",
        "test": "gender: ppmi-svd > 90",
    },
    "beats-counts": {
        "says": "They recover trades better than raw counts do, by at least 10 points.",
        "test": "trade: ppmi-svd > counts + 10",
    },
}
SOURCES = ["levy-goldberg-2014", "mikolov-2013"]
BUDGET_S = 10

PAIRS = ["king queen", "duke duchess", "actor actress", "waiter waitress", "monk nun", "wizard witch", "uncle aunt"]
PAIRS += ["hero heroine", "host hostess", "count countess"]
PEOPLE = [word for pair in PAIRS for word in pair.split()]  # trade = index // 2, gender = index % 2
TRADES, OF_TRADE, OF_GENDER, FREE = len(PEOPLE) // 2, 5, 6, 40  # words of each trade and gender, and others
WORDS = len(PEOPLE) + TRADES * OF_TRADE + 2 * OF_GENDER + FREE


def measure(seed, dimensions, telling):
    """How much of the structure each kind of vector holds."""
    found = {}
    for condition in CONDITIONS:
        together = cooccurrence(seed, int(condition), telling)
        vectors = {"counts": together, "ppmi-svd": embeddings(together, dimensions)}
        found[condition] = {arm: {"trade": trade_found(v), "gender": gender_found(v)} for arm, v in vectors.items()}
    return found


def illustrate(seed, dimensions, telling):
    """The people in the plane of their two main directions after the common one."""
    v = unit(embeddings(cooccurrence(seed, 30000, telling), dimensions)[: len(PEOPLE)])
    difference = v[1::2].mean(0) - v[::2].mean(0)
    across = difference / np.linalg.norm(difference)
    rest = v - v.mean(0) - np.outer((v - v.mean(0)) @ across, across)
    along = np.linalg.svd(rest)[2][0]
    dots = np.stack([v @ along, v @ across], axis=1)
    groups = {"men": dots[::2].tolist(), "women": dots[1::2].tolist()}
    labels = {"x_label": "main direction among trades", "y_label": "direction of gender"}
    return [
        {"kind": "points", "title": "Twenty people in two of the embedding's dimensions", **labels, "groups": groups}
    ]


def cooccurrence(seed, sentences, telling):
    """How often two words share a sentence: (word, word)."""
    random = np.random.default_rng(seed)
    person = random.integers(len(PEOPLE), size=(sentences, 1))
    by_trade = len(PEOPLE) + OF_TRADE * (person // 2) + random.integers(OF_TRADE, size=(sentences, 4))
    by_gender = WORDS - FREE - OF_GENDER * (1 + person % 2) + random.integers(OF_GENDER, size=(sentences, 4))
    by_chance = WORDS - FREE + random.integers(FREE, size=(sentences, 4))
    kind = random.random((sentences, 4))
    company = np.where(kind < telling / 2, by_trade, np.where(kind < telling, by_gender, by_chance))
    words = np.hstack([person, company])  # (sentence, 5)
    pairs = words[:, :, None] * WORDS + words[:, None, :]  # every two words of a sentence, as one number
    together = np.bincount(pairs.ravel(), minlength=WORDS**2).reshape(WORDS, WORDS).astype(float)
    return together - np.diag(np.diag(together))


def embeddings(together, dimensions):
    """Positive pointwise mutual information, and its best approximation in few dimensions."""
    expected = np.outer(together.sum(1), together.sum(0)) / together.sum()
    ppmi = np.log(np.maximum(together / np.maximum(expected, 1e-9), 1))
    u, s, _ = np.linalg.svd(ppmi)
    return u[:, :dimensions] * s[:dimensions] ** 0.5


def unit(v):
    return v / np.maximum(np.linalg.norm(v, axis=1, keepdims=True), 1e-9)


def trade_found(vectors):
    v = unit(vectors[: len(PEOPLE)])
    nearest = (v @ v.T - 2 * np.eye(len(v))).argmax(1)
    return 100 * (nearest // 2 == np.arange(len(v)) // 2).mean()


def gender_found(vectors):
    v = unit(vectors[: len(PEOPLE)])
    differences = v[::2] - v[1::2]  # (trade, dimension)
    directions = differences.sum(0) - differences  # from the other nine pairs
    return 100 * ((differences * directions).sum(1) > 0).mean()
