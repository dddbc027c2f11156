"""Is contrastive divergence good enough to train a restricted Boltzmann machine?

The patterns are the bars and stripes of a 3 x 3 grid: 14 patterns, all equally likely. The machine is so small that its
probabilities can be added up exactly, which is impossible in practice. So beside contrastive divergence with one and
with ten Gibbs steps and persistent chains there is an arm that follows the exact gradient of the likelihood. All arms
have the same start, learning rate and number of updates; no arm has a rate of its own.

The rate was raised after a first look: at 0.05 no arm has learned the patterns after 1,500 updates, and all are equally
bad. The raised rate is too high for persistent chains, which cannot keep up with a model that changes fast.

What would change the outcome: the learning rate and the number of updates. At 0.05 and with 6,000 updates persistent
chains come out above CD-1, not below. Weight decay, or patterns between which a chain wanders easily, matter too. And
reconstruction error points the right way between CD-1 and the exact gradient: it depends on which two are compared.
"""

import numpy as np

ARMS = {
    "exact": "the exact gradient of the likelihood",
    "cd1": "contrastive divergence, one Gibbs step from the data",
    "cd10": "contrastive divergence, ten Gibbs steps from the data",
    "persistent": "one Gibbs step in chains that go on from update to update",
}
MEASURES = {
    "likelihood": {"says": "mean log-likelihood of a pattern, at most -2.64", "unit": "nats", "better": "higher"},
    "mass": {"says": "probability that the model gives to the 14 patterns", "unit": "%", "better": "higher"},
    "reconstruction": {"says": "squared error of a pattern after one Gibbs step", "better": "lower"},
}
PARAMETERS = {
    "rate": {"says": "learning rate", "default": 0.25, "low": 0.01, "high": 0.5},
    "updates": {"says": "updates, each with all patterns", "default": 1500, "low": 200, "high": 6000},
    "hidden": {"says": "hidden units", "default": 10, "low": 2, "high": 20},
}
CLAIMS = {
    "one-step-is-enough": {
        "says": "One Gibbs step is enough: CD-1 ends within 0.2 nats of training by the exact gradient.",
        "test": "likelihood: cd1 == exact +- 0.2",
    },
    "ten-steps-are-better": {
        "says": "Ten Gibbs steps reach a log-likelihood that is at least 0.2 nats above that of one.",
        "test": "likelihood: cd10 > cd1 + 0.2",
    },
    "persistent-is-better": {
        "says": "Persistent chains, at the same learning rate, end at least 0.2 nats above CD-1.",
        "test": "likelihood: persistent > cd1 + 0.2",
    },
    "reconstruction-tells": {
        "says": "Reconstruction error tells which model is better: the one lower in likelihood is higher in error.",
        "test": "reconstruction: persistent > cd1",
        "check": "likelihood: persistent < cd1 - 0.2",
    },
    "models-patterns": {
        "says": "An RBM trained by CD-1 gives at least half of its probability to the 14 patterns, of 512 possible.",
        "test": "mass: cd1 > 50",
    },
}
SOURCES = ["hinton-2002", "tieleman-2008"]
BUDGET_S = 15

SIDE = 3
LINES = np.array([[int(bit) for bit in f"{n:03b}"] for n in range(2**SIDE)], dtype=float)  # (pattern, line)
PATTERNS = np.unique([np.outer(a, b).ravel() for v in LINES for a, b in ((v, v * 0 + 1), (v * 0 + 1, v))], axis=0)
ALL = (np.arange(2**SIDE**2)[:, None] >> np.arange(SIDE**2) & 1).astype(float)  # every visible state (512, 9)
COPIES = 4  # of each pattern in an update, so that sampling noise is smaller


def measure(seed, rate, updates, hidden):
    """Train the four arms from the same start and judge them exactly."""
    result = {}
    for arm in ARMS:
        model, _, rng = trained(seed, arm, rate, updates, hidden)
        probability = np.exp(-free_energy(ALL, model) - log_partition(model))
        again = draw(rng, on_visible(draw(rng, on_hidden(np.repeat(PATTERNS, 50, 0), model)), model))
        result[arm] = {
            "likelihood": likelihood(model),
            "mass": 100 * probability[(ALL[:, None] == PATTERNS).all(2).any(1)].sum(),
            "reconstruction": ((again - np.repeat(PATTERNS, 50, 0)) ** 2).sum(1).mean(),
        }
    return result


def illustrate(seed, rate, updates, hidden):
    """The log-likelihood in training, and patterns sampled from the model that CD-1 trained."""
    runs = {arm: trained(seed, arm, rate, updates, hidden) for arm in ARMS}
    x = list(range(0, updates, 25))
    curves = {"kind": "curves", "title": "Log-likelihood in training", "x_label": "updates", "y_label": "nats", "x": x}
    model, _, rng = runs["cd1"]
    probability = np.exp(-free_energy(ALL, model) - log_partition(model))
    drawn = ALL[rng.choice(len(ALL), 12, p=probability / probability.sum())].reshape(12, SIDE, SIDE)
    rows = ["   ".join("".join(".#"[int(bit)] for bit in line) for line in drawn[:, row]) for row in range(SIDE)]
    text = {"kind": "text", "title": "Twelve samples of the machine that CD-1 trained", "text": "\n".join(rows)}
    return [curves | {"lines": {arm: run[1] for arm, run in runs.items()}}, text]


def on_hidden(v, model):
    """Probability that each hidden unit is on, given the visible ones."""
    return 1 / (1 + np.exp(-(v @ model["w"] + model["c"])))


def on_visible(h, model):
    """Probability that each visible unit is on, given the hidden ones."""
    return 1 / (1 + np.exp(-(h @ model["w"].T + model["b"])))


def draw(rng, probability):
    return (rng.random(probability.shape) < probability).astype(float)


def free_energy(v, model):
    """-log of the sum over hidden states of exp(-energy)."""
    return -v @ model["b"] - np.logaddexp(0, v @ model["w"] + model["c"]).sum(1)


def log_partition(model):
    return np.logaddexp.reduce(-free_energy(ALL, model))


def likelihood(model):
    return float(np.mean(-free_energy(PATTERNS, model)) - log_partition(model))


def trained(seed, arm, rate, updates, hidden):
    """The trained model, its log-likelihood at every 25th update, and the generator of random numbers."""
    rng = np.random.default_rng(seed)
    model = {"w": 0.1 * rng.normal(size=(SIDE**2, hidden)), "b": np.zeros(SIDE**2), "c": np.zeros(hidden)}
    data = np.repeat(PATTERNS, COPIES, 0)
    chains, path = draw(rng, np.full(data.shape, 0.5)), []
    for update in range(updates):
        if update % 25 == 0:
            path.append(likelihood(model))
        if arm == "exact":
            v, share = ALL, np.exp(-free_energy(ALL, model) - log_partition(model))
        else:
            v, share = chains if arm == "persistent" else data, np.full(len(data), 1 / len(data))
            for _ in range(10 if arm == "cd10" else 1):
                v = draw(rng, on_visible(draw(rng, on_hidden(v, model)), model))
            chains = v
        up, down = on_hidden(PATTERNS, model), on_hidden(v, model)
        model["w"] += rate * (PATTERNS.T @ up / len(PATTERNS) - (v * share[:, None]).T @ down)
        model["b"] += rate * (PATTERNS.mean(0) - share @ v)
        model["c"] += rate * (up.mean(0) - share @ down)
    return model, path, rng
