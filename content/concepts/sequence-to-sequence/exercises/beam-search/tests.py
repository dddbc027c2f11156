"""Oracle: the search over a dictionary of hypotheses; with a very wide beam, an enumeration of all sequences."""

import itertools

import numpy as np


class Model:
    """A random language model: each prefix has its own distribution, the same whenever it is asked for."""

    def __init__(self, seed, v, start, end, max_length, sharpness=1.5, end_bonus=0.0):
        self.seed, self.v, self.start, self.end, self.max_length = seed, v, start, end, max_length
        self.sharpness, self.end_bonus = sharpness, end_bonus

    def log_probs(self, prefix):
        z = self.sharpness * np.random.default_rng([self.seed, *prefix]).normal(size=self.v)
        z[self.end] += self.end_bonus
        return z - np.log(np.exp(z).sum())

    def __call__(self, prefix):
        ids = tuple(int(getattr(k, "array", k)) for k in prefix)
        if not ids or ids[0] != self.start:
            raise ValueError("the sequence does not begin with the start token")
        if self.end in ids[1:]:
            raise ValueError("the sequence has already ended")
        if len(ids) > self.max_length:
            raise ValueError("the sequence already holds max_length new tokens")
        return self.log_probs(ids)


def expected(model, beam_width, alpha=0.0):
    alive, done = {(model.start,): 0.0}, {}
    for n in range(1, model.max_length + 1):
        pool = {key: (total, total / (len(key) - 1) ** alpha) for key, total in done.items()}
        for key, total in alive.items():
            for token, value in enumerate(model.log_probs(key)):
                pool[(*key, token)] = (total + value, (total + value) / n**alpha)
        best = sorted(pool, key=lambda key: -pool[key][1])[:beam_width]
        done = {key: pool[key][0] for key in best if key[-1] == model.end}
        alive = {key: pool[key][0] for key in best if key[-1] != model.end}
        if not alive:
            break
    return [(list(key), float(pool[key][1])) for key in best]


def enumerated(model, alpha=0.0):
    """All finished sequences and all of full length, best first."""
    others = [k for k in range(model.v) if k != model.end]
    found = []
    for n in range(1, model.max_length + 1):
        for body in itertools.product(others, repeat=n - 1):
            for last in range(model.v) if n == model.max_length else [model.end]:
                ids = (model.start, *body, last)
                total = sum(model.log_probs(ids[:i])[ids[i]] for i in range(1, n + 1))
                found.append((list(ids), float(total / n**alpha)))
    return sorted(found, key=lambda pair: -pair[1])


def ask(t, model, beam_width, want, **kw):
    got = t.call("beam_search", model, model.start, model.end, beam_width, model.max_length, **kw)
    t.close(got, want, what="beam")


def seeds(t, count):
    return [int(s) for s in t.rng.integers(1 << 30, size=count)]


def example_four_tokens(t):
    """Four tokens, beam of two, at most three steps."""
    model = Model(7, 4, 0, 1, 3)
    ask(t, model, 2, expected(model, 2))


def test_random_models(t):
    """Random models, several widths and lengths."""
    for seed in seeds(t, 15):
        for width, length in [(2, 5), (3, 4), (4, 6)]:
            model = Model(seed, 6, 2, 4, length)
            ask(t, model, width, expected(model, width))


def test_beam_of_one(t):
    """A beam of one is greedy decoding."""
    for seed in seeds(t, 20):
        model = Model(seed, 7, 3, 5, 8, end_bonus=-0.5)
        tokens, total = [3], 0.0
        while len(tokens) <= 8 and tokens[-1] != 5:
            log_p = model.log_probs(tuple(tokens))
            tokens.append(int(log_p.argmax()))
            total += float(log_p.max())
        ask(t, model, 1, [(tokens, total)])


def test_very_wide_beam(t):
    """A beam that nothing falls out of finds all sequences, in order."""
    for alpha in (0.0, 0.8):
        for seed in seeds(t, 4):
            model = Model(seed, 3, 0, 2, 4)
            ask(t, model, 1000, enumerated(model, alpha), alpha=alpha)


def test_length_normalisation(t):
    """Scores are divided by the length to the power alpha, in the search and at the end."""
    for seed in seeds(t, 15):
        for alpha in (0.6, 1.0, 1.7):
            model = Model(seed, 5, 0, 4, 6, end_bonus=1.0)
            ask(t, model, 3, expected(model, 3, alpha), alpha=alpha)


def test_single_step(t):
    """One generated token."""
    model = Model(int(t.rng.integers(1 << 30)), 5, 1, 3, 1)
    ask(t, model, 3, expected(model, 3))
    ask(t, model, 9, expected(model, 9))


def test_greedy_falls_into_a_trap(t):
    """The likeliest first token leads nowhere; the second likeliest wins."""

    class Trap(Model):
        def log_probs(self, prefix):
            p = np.full(self.v, (0.02 + 0.001 * len(prefix)) / (self.v - 2))
            if len(prefix) == 1:
                p[2], p[3] = 0.55, 0.43 - 0.001
            elif prefix[1] == 2:
                p = np.linspace(1, 1.5, self.v)
            else:
                p[3], p[1] = 0.9, 0.05
            p = p * (1 + 0.01 * np.random.default_rng([self.seed, *prefix]).random(self.v))
            return np.log(p / p.sum())

    model = Trap(int(t.rng.integers(1 << 30)), 8, 0, 1, 4)
    want = expected(model, 2)
    assert want[0][0][:2] == [0, 3]
    ask(t, model, 2, want)


def test_finished_hypotheses_compete(t):
    """Finished hypotheses hold their places in the beam, or lose them."""
    for seed in seeds(t, 15):
        model = Model(seed, 5, 0, 4, 7, sharpness=1.0, end_bonus=1.2)
        ask(t, model, 4, expected(model, 4))


def test_all_finished_early(t):
    """The search stops when every hypothesis has ended."""
    for seed in seeds(t, 20):
        model = Model(seed, 5, 1, 0, 40, sharpness=1.0, end_bonus=2.0)
        want = expected(model, 4)
        assert all(len(tokens) < 40 for tokens, _ in want)
        ask(t, model, 4, want)


def test_start_generated_again(t):
    """The start token may be generated like any other."""

    class Again(Model):
        def log_probs(self, prefix):
            z = np.random.default_rng([self.seed, *prefix]).normal(size=self.v)
            z[self.start] += 6
            return z - np.log(np.exp(z).sum())

    model = Again(int(t.rng.integers(1 << 30)), 5, 3, 0, 5)
    want = expected(model, 3)
    assert want[0][0].count(3) > 1
    ask(t, model, 3, want)
