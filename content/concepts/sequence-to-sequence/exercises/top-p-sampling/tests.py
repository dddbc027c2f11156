"""Oracle: tokens taken one by one in order of probability until they hold p; either side of a boundary is accepted."""

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


def expected(logits, p):
    full = softmax(np.asarray(logits, dtype=np.float64))
    kept = np.zeros(full.shape)
    for i, row in enumerate(full):
        held = 0.0
        for j in sorted(range(len(row)), key=lambda j, row=row: -row[j]):
            kept[i, j] = row[j]
            held += row[j]
            assert p in (0, 1) or abs(held - p) > 1e-5 or row[j] < 1e-12, "ambiguous"
            if held >= p:
                break
    return kept / kept.sum(axis=1, keepdims=True)


def ask(t, logits, p, u):
    got = t.call("top_p_sampling", logits, p, u)
    judge(t, got, expected(logits, p), np.asarray(u, dtype=np.float64), logits.dtype)


def spread(t, n):
    """Uniform numbers that cover [0, 1) for every seed."""
    return t.rng.permutation((np.arange(n) + t.rng.random(n)) / n)


def rows(t, n, c, p, scale=3.0):
    """Logits whose cumulative probabilities, largest first, keep away from p."""
    found = np.empty((n, c))
    for i in range(n):
        while True:
            row = scale * t.rng.normal(size=c)
            sums = np.sort(softmax(row[None])[0])[::-1].cumsum()
            if np.abs(sums - p).min() > 1e-4:
                break
        found[i] = row
    return found


def example_two_of_three(t):
    """Three tokens, two of which hold 0.7."""
    ask(t, np.log(np.array([[0.1, 0.6, 0.3], [0.1, 0.6, 0.3]])), 0.7, np.array([0.5, 0.9]))


def test_random_logits(t):
    """Several shapes and p."""
    for n, c, p in [(40, 7, 0.8), (1, 5, 0.5), (25, 12, 0.9), (30, 50, 0.6), (30, 9, 0.3)]:
        ask(t, rows(t, n, c, p, 1.5), p, spread(t, n))


def test_the_token_that_crosses(t):
    """The token with which the sum reaches p belongs to the nucleus, and the next does not."""
    p = np.array([0.02, 0.41, 0.25, 0.09, 0.19, 0.04])
    order = np.array([t.rng.permutation(6) for _ in range(60)])
    for threshold in (0.35, 0.5, 0.7, 0.9, 0.95):
        ask(t, np.log(p)[order] + t.rng.normal(size=(60, 1)), threshold, spread(t, 60))


def test_confident_model(t):
    """One token that holds more than p alone is the whole nucleus."""
    logits = t.rng.normal(size=(20, 6))
    logits[np.arange(20), t.rng.integers(6, size=20)] += 12
    ask(t, logits, 0.9, spread(t, 20))


def test_zero_is_greedy(t):
    """With p = 0, or a tiny one, the likeliest token is certain."""
    for p in (0.0, 1e-6, 0):
        ask(t, rows(t, 20, 6, 0.0), p, spread(t, 20))


def test_one_keeps_all(t):
    """With p = 1 nothing of weight is cut."""
    for p in (1.0, 1):
        ask(t, t.rng.normal(size=(40, 40)), p, spread(t, 40))


def test_each_row_has_its_own_nucleus(t):
    """Flat and peaked rows in one batch keep different numbers of tokens."""
    flat, peaked = rows(t, 10, 8, 0.75, 0.1), rows(t, 10, 8, 0.75, 8.0)
    ask(t, t.rng.permutation(np.concatenate([flat, peaked])), 0.75, spread(t, 20))


def test_shares_of_many_draws(t):
    """Among many evenly spread u, each token of the nucleus comes up in proportion to its probability."""
    ask(t, np.tile(rows(t, 1, 8, 0.85, 1.0), (400, 1)), 0.85, spread(t, 400))


def test_extremes(t):
    """Huge logits do not overflow."""
    offsets = np.repeat([-1e4, 0.0, 1e4], 6)[:, None]
    ask(t, rows(t, 18, 5, 0.8, 1.0) + offsets, 0.8, spread(t, 18))
    ask(t, rows(t, 18, 5, 0.8, 3e3), 0.8, spread(t, 18))


def test_forbidden_tokens(t):
    """Logits of minus infinity stay impossible, whatever p and u."""
    logits = np.full((24, 8), -np.inf)
    logits[:, [2, 3, 5, 6]] = rows(t, 24, 4, 0.7, 1.0)
    u = spread(t, 24)
    u[:3], u[3:6] = 0.0, np.nextafter(1.0, 0.0)
    for p in (0.0, 0.7, 1.0):
        ask(t, logits, p, u)


def test_ends_of_the_unit_interval(t):
    """u = 0 and the largest u below 1 give tokens of the nucleus."""
    logits = np.pad(rows(t, 60, 200, 0.9, 1.0), ((0, 0), (1, 1)), constant_values=-60.0)
    logits[:, -1] -= 1 + t.rng.random(60)
    ask(t, logits, 0.9, np.repeat([0.0, np.nextafter(1.0, 0.0)], 30))


def test_float32(t):
    """float32 logits, right to float32 precision."""
    ask(t, rows(t, 30, 9, 0.8).astype(np.float32), 0.8, spread(t, 30).astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(rows(t, 15, 6, 0.8, 1.0)).values():
        ask(t, array, 0.8, spread(t, 15))
