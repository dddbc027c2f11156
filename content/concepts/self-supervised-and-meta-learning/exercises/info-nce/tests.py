"""Oracle: query by query with math functions in float64; in PyTorch the gradients by central differences."""

import math

import numpy as np


def expected(queries, keys, temperature=0.1):
    total = 0.0
    for i, q in enumerate(np.asarray(queries, dtype=np.float64)):
        s = []
        for k in np.asarray(keys, dtype=np.float64):
            s.append(float(np.sum(q * k)) / math.sqrt(float(np.sum(q * q)) * float(np.sum(k * k))) / temperature)
        top = max(s)
        total += top - s[i] + math.log(math.fsum(math.exp(x - top) for x in s))
    return total / len(queries)


def ask(t, queries, keys, *temperature, rtol=1e-6):
    got = t.call("info_nce", queries, keys, *temperature)
    t.close(got, expected(queries, keys, *temperature), rtol=rtol, scale=1.0, what="loss")


def data(t, n, m, d, noise=1.0):
    queries = t.rng.normal(size=(n, d)) * t.rng.uniform(0.5, 3, size=(n, 1))
    keys = t.rng.normal(size=(m, d))
    keys[:n] = queries / np.linalg.norm(queries, axis=1, keepdims=True) + noise * keys[:n]
    return queries, keys * t.rng.uniform(0.5, 3, size=(m, 1))


def example_two_queries(t):
    """Two queries in two dimensions."""
    ask(t, np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([[2.0, 1.0], [0.0, 1.0]]), 0.5)


def test_random_embeddings(t):
    """Random embeddings of several sizes, default temperature."""
    for n, m, d in [(4, 4, 3), (6, 6, 8), (2, 2, 5)]:
        ask(t, *data(t, n, m, d))


def test_more_keys_than_queries(t):
    """Keys without a query are negatives too."""
    for n, m, d in [(3, 7, 4), (5, 6, 2), (1, 9, 3)]:
        ask(t, *data(t, n, m, d))


def test_temperatures(t):
    """Other temperatures, by position and by name."""
    queries, keys = data(t, 5, 8, 4)
    for temperature in (0.05, 0.5, 1.0, 4.0):
        ask(t, queries, keys, temperature)
    t.close(t.call("info_nce", queries, keys, temperature=0.3), expected(queries, keys, 0.3), rtol=1e-6, what="loss")


def test_length_does_not_matter(t):
    """Only directions count: rescaled rows give the same loss."""
    queries, keys = data(t, 4, 6, 5)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    keys /= np.linalg.norm(keys, axis=1, keepdims=True)
    ask(t, queries, keys, 0.2)
    ask(t, queries * t.rng.uniform(0.2, 900, size=(4, 1)), keys * t.rng.uniform(0.2, 900, size=(6, 1)), 0.2)


def test_long_rows(t):
    """Embeddings hundreds long, right to the precision of float64."""
    for n, m, d in [(5, 5, 4), (4, 7, 3), (6, 9, 5), (3, 4, 6)]:
        queries, keys = data(t, n, m, d)
        queries *= 700 / np.linalg.norm(queries, axis=1, keepdims=True)
        keys *= 900 / np.linalg.norm(keys, axis=1, keepdims=True)
        ask(t, queries, keys, rtol=1e-9)


def test_one_pair(t):
    """A single query with its positive alone costs nothing."""
    queries, keys = data(t, 1, 1, 4)
    t.close(t.call("info_nce", queries, keys), 0.0, what="loss")


def test_all_keys_alike(t):
    """Keys in one direction give the logarithm of their number."""
    queries, keys = data(t, 3, 7, 4)
    same = keys[:1] * t.rng.uniform(0.5, 2, size=(7, 1))
    t.close(t.call("info_nce", queries, same), math.log(7), rtol=1e-6, what="loss")


def test_low_temperature(t):
    """A temperature of 1e-4 neither overflows nor loses a tiny probability."""
    queries, keys = data(t, 6, 9, 4, noise=0.2)
    for temperature in (1e-4, 1e-3):
        ask(t, queries, keys, temperature)
        ask(t, queries, np.roll(keys, 1, axis=0), temperature)
        ask(t, -queries, keys, temperature)


def test_float32(t):
    """float32 embeddings, right to float32 precision."""
    queries, keys = data(t, 5, 7, 6)
    ask(t, queries.astype(np.float32), keys.astype(np.float32), 0.2, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays; in PyTorch also the gradients."""
    queries, keys = data(t, 4, 6, 3)
    for q, k in zip(t.layouts(queries).values(), t.layouts(keys).values(), strict=True):
        ask(t, q, k)
    if t.framework.value == "torch":
        got = t.gradients("info_nce", queries, keys, 0.4, wrt=(0, 1))
        t.close(got[0], t.numeric_gradient(lambda x: expected(x, keys, 0.4), queries), rtol=1e-6, what="d queries")
        t.close(got[1], t.numeric_gradient(lambda x: expected(queries, x, 0.4), keys), rtol=1e-6, what="d keys")
