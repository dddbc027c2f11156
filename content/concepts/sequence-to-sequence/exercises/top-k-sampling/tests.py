"""Oracle: rows one by one in float64, tokens ranked by sorting; a token on either side of a boundary is accepted."""

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


def expected(logits, k):
    wide = np.asarray(logits, dtype=np.float64)
    masked = np.full(wide.shape, -np.inf)
    for i, row in enumerate(wide):
        for j in sorted(range(len(row)), key=lambda j, row=row: -row[j])[:k]:
            masked[i, j] = row[j]
    return softmax(masked)


def ask(t, logits, k, u):
    got = t.call("top_k_sampling", logits, k, u)
    judge(t, got, expected(logits, k), np.asarray(u, dtype=np.float64), logits.dtype)


def spread(t, n):
    """Uniform numbers that cover [0, 1) for every seed."""
    return t.rng.permutation((np.arange(n) + t.rng.random(n)) / n)


def rows(t, n, c, scale=1.5):
    """Logits at clear distances from one another, in another order in each row."""
    ranks = np.array([t.rng.permutation(c) for _ in range(n)])
    return scale * (ranks + 0.6 * t.rng.random((n, c)) - c / 2) / c**0.7


def example_two_of_three(t):
    """Three tokens, two kept."""
    ask(t, np.array([[1.0, 3.0, 2.0], [1.0, 3.0, 2.0]]), 2, np.array([0.7, 0.8]))


def test_random_logits(t):
    """Several shapes and k."""
    for n, c, k in [(40, 7, 3), (1, 5, 2), (25, 12, 4), (30, 50, 11)]:
        ask(t, rows(t, n, c), k, spread(t, n))


def test_one_is_greedy(t):
    """With k = 1 the likeliest token is certain."""
    ask(t, rows(t, 20, 6), 1, spread(t, 20))


def test_all_kept(t):
    """k as large as the vocabulary keeps all, and so does a larger one."""
    for k in (6, 7, 100):
        ask(t, rows(t, 25, 6), k, spread(t, 25))


def test_shares_of_many_draws(t):
    """Among many evenly spread u, each kept token comes up in proportion to its probability."""
    ask(t, np.tile(rows(t, 1, 8), (400, 1)), 5, spread(t, 400))


def test_rows_on_different_scales(t):
    """Each row has its own threshold."""
    ask(t, rows(t, 9, 6) + np.repeat([-40.0, 0.0, 35.0], 3)[:, None], 3, spread(t, 9))


def test_extremes(t):
    """Huge logits do not overflow."""
    offsets = np.repeat([-1e4, 0.0, 1e4], 6)[:, None]
    ask(t, rows(t, 18, 5) + offsets, 3, spread(t, 18))
    ask(t, 2e3 * rows(t, 18, 5), 3, spread(t, 18))


def test_all_logits_negative_or_positive(t):
    """Excluded tokens get nothing, whatever the sign of the logits."""
    ask(t, rows(t, 20, 7) - 30, 3, spread(t, 20))
    ask(t, rows(t, 20, 7) + 30, 3, spread(t, 20))


def test_forbidden_tokens(t):
    """Logits of minus infinity stay impossible, even when fewer than k tokens are left."""
    logits = rows(t, 24, 8)
    logits[:, [0, 1, 4, 7]] = -np.inf
    u = spread(t, 24)
    u[:3], u[3:6] = 0.0, np.nextafter(1.0, 0.0)
    for k in (2, 4, 6):
        ask(t, logits, k, u)


def test_ends_of_the_unit_interval(t):
    """u = 0 and the largest u below 1 give tokens that were kept."""
    logits = rows(t, 60, 200)
    logits[:, 0] = logits[:, -1] = -50.0 - t.rng.random(60)
    logits[:, -1] -= 1
    ask(t, logits, 150, np.repeat([0.0, np.nextafter(1.0, 0.0)], 30))


def test_float32(t):
    """float32 logits, right to float32 precision."""
    ask(t, rows(t, 30, 9).astype(np.float32), 4, spread(t, 30).astype(np.float32))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    for array in t.layouts(rows(t, 15, 6)).values():
        ask(t, array, 3, spread(t, 15))
