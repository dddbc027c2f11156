"""Oracle: softmax in float64 and a search through cumulative sums; a token on either side of a boundary accepted."""

import numpy as np


def softmax(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def judge(t, got, p, u, precision, rtol=None):
    """Probabilities as wanted; tokens by the inverse of the cumulative distribution, either side of a boundary."""
    tokens = np.empty(len(u), dtype=np.int64)
    for i, row in enumerate(p):
        possible = [int(k) for k in np.flatnonzero(row)]
        tokens[i] = next((k for k in possible if row[: k + 1].sum() > u[i]), possible[-1])
    if isinstance(got, list | tuple) and len(got) == 2 and isinstance(got[1], np.ndarray) and got[1].shape == u.shape:
        slack = 1e-5 if precision == np.float32 else 1e-9
        for i, k in enumerate(np.asarray(got[1])):
            if got[1].dtype.kind in "iu" and 0 <= k < p.shape[1] and p[i, k] > 0:
                below = p[i, :k].sum()
                if below - slack <= u[i] <= below + p[i, k] + slack:
                    tokens[i] = k
    t.close(got, (p, tokens), rtol=rtol, what="(probabilities, tokens)")
    t.equal(got[1], tokens, what="tokens")


def expected(logits, temperature):
    wide = np.asarray(logits, dtype=np.float64)
    if temperature == 0:
        p = np.zeros(wide.shape)
        for i, row in enumerate(wide):
            p[i, list(row).index(max(row))] = 1
        return p
    return softmax((wide - wide.max(axis=1, keepdims=True)) / temperature)


def ask(t, logits, temperature, u, rtol=None):
    got = t.call("temperature_sampling", logits, temperature, u)
    judge(t, got, expected(logits, temperature), np.asarray(u, dtype=np.float64), logits.dtype, rtol)
    return got


def spread(t, n):
    """Uniform numbers that cover [0, 1) for every seed."""
    return t.rng.permutation((np.arange(n) + t.rng.random(n)) / n)


def example_two_temperatures(t):
    """Three tokens, cooler and hotter than the model's own distribution."""
    logits = np.log(np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]]))
    for temperature in (0.5, 2.0):
        ask(t, logits, temperature, np.array([0.6, 0.75]))


def test_random_logits(t):
    """Several shapes and temperatures."""
    for n, c in [(40, 7), (1, 5), (25, 2), (30, 50)]:
        for temperature in (0.3, 0.7, 1.8):
            ask(t, 2 * t.rng.normal(size=(n, c)), temperature, spread(t, n))


def test_temperature_one(t):
    """A temperature of 1 leaves the model's distribution."""
    ask(t, 2 * t.rng.normal(size=(20, 6)), 1.0, spread(t, 20))


def test_shares_of_many_draws(t):
    """Among many evenly spread u, each token comes up in proportion to its probability."""
    z = t.rng.normal(size=6)
    ask(t, np.tile(z, (400, 1)), 1.4, spread(t, 400))


def test_zero_is_greedy(t):
    """A temperature of 0 (as a float or an integer) takes the largest logit, the first of equals."""
    logits = t.rng.normal(size=(12, 6))
    logits[:4, 3] = logits[:4, 5] = 9.0
    ask(t, logits, 0.0, spread(t, 12))
    ask(t, logits, 0, spread(t, 12))


def test_extremes(t):
    """Huge logits and tiny temperatures do not overflow; very high temperatures flatten."""
    logits = t.rng.choice([-1e4, -2e3, 0.0, 3e3, 1e4], size=(16, 5)) + t.rng.normal(size=(16, 5))
    for temperature in (1e-3, 1.0, 5e4):
        ask(t, logits, temperature, spread(t, 16), rtol=1e-7)


def test_close_logits(t):
    """Low temperatures above 0 still share the probability among nearly equal logits."""
    for temperature in (1e-3, 5e-3, 0.05):
        gaps = temperature * t.rng.permuted(np.tile([0.0, 0.4, 1.1, 2.3], (20, 1)), axis=1)
        ask(t, 3.0 - gaps, temperature, spread(t, 20))


def test_forbidden_tokens(t):
    """Logits of minus infinity have probability 0 and are never drawn, whatever u."""
    logits = t.rng.normal(size=(24, 7))
    logits[:, [0, 1, 4, 6]] = -np.inf
    u = spread(t, 24)
    u[:3], u[3:6] = 0.0, np.nextafter(1.0, 0.0)
    for temperature in (0.0, 0.5, 2.0):
        ask(t, logits, temperature, u)


def test_u_close_to_one(t):
    """The largest u below 1 still gives a token, whatever the cumulative sum is rounded to."""
    logits = t.rng.normal(size=(60, 301))
    logits[:, 300] = -np.inf
    ask(t, logits, 0.9, np.full(60, np.nextafter(1.0, 0.0)))


def test_float32(t):
    """float32 logits, right to float32 precision."""
    logits = (2 * t.rng.normal(size=(30, 9))).astype(np.float32)
    ask(t, logits, 0.6, spread(t, 30).astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(t.rng.normal(size=(15, 4))).values():
        ask(t, array, 1.3, spread(t, 15))
