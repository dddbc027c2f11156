"""Do attention weights explain the prediction?

A generator writes reviews of ten words: positive, negative and neutral ones, and a "not" that turns the next one round.
A classifier reads them with one layer of attention: it weighs the words, adds their values up and decides. In one
version the values are the words themselves. In the other they are the states of a recurrent network that reads in both
directions, as in the classifiers about which the dispute began. What a word really does is measured by leaving it out.
Do the weights order the words of a review in the same way? We take Spearman's rank correlation for each review, and the
average. Gradient times input, which looks at the whole network, is held against them. And the weights of each review
are shuffled among its words: had they told what matters, that should spoil the prediction. Where the values are single
words, "not" cannot turn its neighbour, so that version is right for about four reviews in five and no more; the check
asks only that both have learnt (70 %, chance is about 50 %).

What would change the outcome: the encoder. Where values are mixtures, a weight on a position is no weight on its word.
Leaving a word out is one reference among others, and it may take the sentence apart. A correlation of 0.5 as the limit
of "explains" is a choice, and the agreement with recurrent states lies close to it.
"""

import torch
from torch import nn
from torch.nn import functional as F

ARMS = {
    "attention": "attention weights",
    "gradient": "gradient times input, absolute",
    "shuffled": "the weights, shuffled",
}
MEASURES = {
    "agreement": {"says": "rank correlation with leaving words out", "better": "higher"},
    "accuracy": {"says": "test accuracy of the classifier", "unit": "%", "better": "higher"},
}
CONDITIONS = ["words", "recurrent states"]
AXIS = "what the weights are laid on"
PARAMETERS = {
    "nots": {"says": "share of words that are 'not'", "default": 0.15, "low": 0.0, "high": 0.4},
    "steps": {"says": "training steps", "default": 300, "low": 50, "high": 1000},
}
CLAIMS = {
    "explains": {
        "says": "Attention weights explain the prediction: they correlate with leaving words out by more than 0.5.",
        "test": "agreement: attention > 0.5",
        "check": "accuracy: attention > 70",
    },
    "gradient-agrees-more": {
        "says": "Gradient times input agrees with leaving words out better than attention does, by 0.1 or more.",
        "test": "agreement: gradient > attention + 0.1",
    },
    "shuffling-spoils": {
        "says": "The prediction rests on the weights: shuffling them among the words costs at least 10 points.",
        "test": "accuracy: shuffled < attention - 10",
    },
    "not-worthless": {
        "says": "Attention weights are not worthless: they correlate with leaving words out by more than 0.1.",
        "test": "agreement: attention > 0.1",
    },
}
SOURCES = ["jain-wallace-2019", "wiegreffe-pinter-2019", "serrano-smith-2019"]
BUDGET_S = 15

LENGTH, NOT, POSITIVE, NEGATIVE, WORDS = 10, 0, range(1, 6), range(6, 11), 31
VALUE = torch.zeros(WORDS)
VALUE[list(POSITIVE)], VALUE[list(NEGATIVE)] = 1.0, -1.0


class Classifier(nn.Module):
    def __init__(self, recurrent):
        super().__init__()
        self.embed = nn.Embedding(WORDS, 16)
        self.encode = nn.RNN(16, 8, batch_first=True, bidirectional=True) if recurrent else None
        self.score = nn.Sequential(nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1, bias=False))
        self.decide = nn.Linear(16, 1)

    def forward(self, embedded, shuffle=False):
        """Logits (review,) and weights (review, word) of embedded words (review, word, 16)."""
        values = self.encode(embedded)[0] if self.encode else embedded
        weights = self.score(values).squeeze(2).softmax(dim=1)
        weights = weights[:, torch.randperm(LENGTH)] if shuffle else weights
        return self.decide((weights[:, :, None] * values).sum(1)).squeeze(1), weights


def measure(seed, nots, steps):
    """Agreement of weights and of gradients with leaving words out, for both encoders."""
    found = {}
    for condition in CONDITIONS:
        net = trained(seed, condition == "recurrent states", nots, steps)
        x, y = reviews(300, nots)
        weights, gradients, effects, logits = explained(net, x)
        with torch.no_grad():
            spoilt, shuffled = net(net.embed(x), shuffle=True)
        ways = {"attention": (weights, logits), "gradient": (gradients, logits), "shuffled": (shuffled, spoilt)}
        found[condition] = {
            arm: {
                "agreement": rank_correlation(told, effects),
                "accuracy": 100 * ((decided > 0) == y.bool()).float().mean(),
            }
            for arm, (told, decided) in ways.items()
        }
    return found


def illustrate(seed, nots, steps):
    """One review word by word, with recurrent states."""
    net = trained(seed, True, nots, steps)
    x, _ = reviews(50, nots)
    shown = int(((x == NOT).any(1) & (VALUE[x] != 0).any(1)).int().argmax())  # the first with "not" and a telling word
    weights, gradients, effects, _ = explained(net, x[shown : shown + 1])
    kinds = ["not" if w == NOT else "good" if w in POSITIVE else "bad" if w in NEGATIVE else "-" for w in x[shown]]
    values = torch.cat([100 * part / part.sum() for part in (weights, gradients, effects)]).tolist()
    names = {"rows": ["attention", "gradient", "left out"], "columns": [f"{n + 1} {k}" for n, k in enumerate(kinds)]}
    return [{"kind": "matrix", "title": "Share of each word in one review (%)", **names, "values": values}]


def reviews(number, nots):
    """Reviews (number, word) and whether they are positive; "not" turns the value of the next word round."""
    x = torch.randint(1, WORDS, (number, LENGTH))
    x[torch.rand(number, LENGTH) < nots] = NOT
    turned = F.pad(x[:, :-1] == NOT, (1, 0))
    total = torch.where(turned, -VALUE[x], VALUE[x]).sum(1)
    keep = total != 0
    return x[keep], (total[keep] > 0).float()


def trained(seed, recurrent, nots, steps):
    torch.manual_seed(seed)
    net = Classifier(recurrent)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01, fused=True)
    torch.manual_seed(seed)  # the same reviews for both encoders
    for _ in range(steps):
        x, y = reviews(80, nots)
        loss = F.binary_cross_entropy_with_logits(net(net.embed(x))[0], y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return net


def explained(net, x):
    """Weights, gradient times input, and effect of leaving out: each (review, word); and the logits."""
    embedded = net.embed(x).detach().requires_grad_()
    logits, weights = net(embedded)
    (gradient,) = torch.autograd.grad(logits.sum(), embedded)
    with torch.no_grad():
        without = [net(torch.cat([embedded[:, :n], embedded[:, n + 1 :]], dim=1))[0] for n in range(LENGTH)]
    effects = (logits[:, None] - torch.stack(without, dim=1)).abs()
    return weights.detach(), (gradient * embedded).sum(2).abs().detach(), effects.detach(), logits.detach()


def rank_correlation(a, b):
    """Spearman's, for each review, averaged."""
    a, b = (part.argsort(1).argsort(1).float() - (LENGTH - 1) / 2 for part in (a, b))
    return ((a * b).sum(1) / (a * a).sum(1)).mean()
