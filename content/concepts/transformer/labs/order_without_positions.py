"""Is a transformer without positional encodings blind to order?

Every sequence holds one A, one B and other tokens; the question is which of the two comes first. The bag of tokens
says nothing of it, so guessing gives 50 %. A small transformer is trained with and without learned positional
encodings, once unmasked as an encoder is and once with the causal mask of a language model. Before training we also
permute the input and see how far the permuted output is from the output of the permuted input.

What would change the outcome: a causal mask, which lets a token see how much came before it and what; or anything
else that treats positions differently, such as a convolution, relative biases or a recurrent layer.
"""

import torch
from torch import nn
from torch.nn import functional as F

ARMS = {"none": "no positional encodings", "learned": "a learned vector is added for each position"}
MEASURES = {
    "accuracy": {"says": "new sequences answered rightly", "unit": "%", "better": "higher"},
    "moved": {"says": "output of permuted input against permuted output, relative", "log": True},
}
CONDITIONS = ["no mask", "causal mask"]
AXIS = "what a position may attend to"
PARAMETERS = {
    "length": {"says": "tokens in a sequence", "default": 8, "low": 4, "high": 24},
    "updates": {"says": "updates of each network", "default": 100, "low": 50, "high": 600},
}
CLAIMS = {
    "order-cannot-be-learned": {
        "says": "A transformer without positional encodings cannot learn order: below 55 %, where 50 is chance.",
        "test": "accuracy: none < 55",
    },
    "unmasked-equivariant": {
        "says": "Without encodings and mask, permuting the input permutes the output, to 1 part in 10,000.",
        "test": "moved: none < 0.0001",
        "conditions": ["no mask"],
    },
    "causal-mask-tells-order": {
        "says": "With a causal mask a transformer learns order without any positional encoding: above 90 %.",
        "test": "accuracy: none > 90",
        "conditions": ["causal mask"],
    },
    "encodings-tell-order": {
        "says": "With positional encodings the transformer learns order: above 90 %.",
        "test": "accuracy: learned > 90",
    },
}
SOURCES = ["yun-2020", "haviv-2022"]
BUDGET_S = 15

A, B, TOKENS, WIDTH = 0, 1, 8, 16


def measure(seed, length, updates):
    """Four transformers: with and without mask, with and without encodings."""
    result = {}
    for condition in CONDITIONS:
        result[condition] = {}
        for arm in ARMS:
            torch.manual_seed(seed)
            net = Transformer(length, causal=condition == "causal mask", positions=arm == "learned")
            moved = permutation_error(net, length)
            fit(net, length, updates)
            x, y = examples(1000, length)
            with torch.no_grad():
                right = (net(x) > 0) == y.bool()
            result[condition][arm] = {"accuracy": 100 * right.float().mean(), "moved": moved}
    return result


def examples(count, length):
    """Tokens with one A and one B, and whether the A comes first."""
    x = torch.randint(2, TOKENS, (count, length))
    places = torch.rand(count, length).argsort(1)[:, :2]  # two different places
    x.scatter_(1, places, torch.tensor([A, B]).expand(count, 2))
    return x, (places[:, 0] < places[:, 1]).float()


def permutation_error(net, length):
    """How far f(permuted x) is from permuted f(x), relative to the size of f(x)."""
    x, _ = examples(64, length)
    order = torch.randperm(length)
    with torch.no_grad():
        permuted_output, output_of_permuted = net.tokens(x)[:, order], net.tokens(x[:, order])
    return ((permuted_output - output_of_permuted).norm() / permuted_output.norm()).item()


class Transformer(nn.Module):
    """One block with one head; the answer is read from the mean over positions."""

    def __init__(self, length, causal, positions):
        super().__init__()
        self.embed, self.place = nn.Embedding(TOKENS, WIDTH), nn.Parameter(torch.randn(length, WIDTH))
        self.positions = positions
        self.register_buffer("hidden", torch.ones(length, length).triu(1).bool() & causal)  # (query, key)
        self.block = Block()
        self.out = nn.Linear(WIDTH, 1)

    def tokens(self, x):
        """One vector for each token, before the mean."""
        x = self.embed(x)  # (sequence, position, width)
        return self.block(x + self.place if self.positions else x, self.hidden)

    def forward(self, x):
        return self.out(self.tokens(x).mean(1))[:, 0]


class Block(nn.Module):
    """Self-attention and a feed-forward layer, each normalised first and added to what came in."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.qkv, self.mix = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.feed = nn.Sequential(nn.Linear(WIDTH, 2 * WIDTH), nn.ReLU(), nn.Linear(2 * WIDTH, WIDTH))

    def forward(self, x, hidden):
        q, k, v = self.qkv(self.norm1(x)).chunk(3, dim=-1)
        scores = (q @ k.mT / WIDTH**0.5).masked_fill(hidden, -torch.inf)
        x = x + self.mix(scores.softmax(-1) @ v)
        return x + self.feed(self.norm2(x))


def fit(net, length, updates):
    """Adam on fresh sequences."""
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-2, fused=True)
    for _ in range(updates):
        x, y = examples(64, length)
        loss = F.binary_cross_entropy_with_logits(net(x), y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
