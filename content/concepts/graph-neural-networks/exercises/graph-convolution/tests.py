"""Oracle: node by node, neighbour by neighbour in float64; invariances; in PyTorch gradients by differences."""

import math

import numpy as np


def expected(adjacency, features, weight):
    a, x, w = (np.asarray(v, dtype=np.float64) for v in (adjacency, features, weight))
    degrees = [1.0 + math.fsum(row) for row in a]
    out = np.zeros((len(a), w.shape[1]))
    for i in range(len(a)):
        message = x[i] / degrees[i]
        for j in np.flatnonzero(a[i]):
            message = message + a[i, j] * x[j] / math.sqrt(degrees[i] * degrees[j])
        for m in range(w.shape[1]):
            out[i, m] = sum(message[k] * w[k, m] for k in range(len(message)))
    return out


def ask(t, *args):
    got = t.call("graph_convolution", *args)
    t.close(got, expected(*args), what="result")
    return got


def graph(t, n, weighted=False):
    """A path with a hub at node 1 and a few more edges: degrees differ for every seed."""
    a = np.triu(t.rng.random((n, n)) < 0.25, 1).astype(float)
    a[np.arange(n - 1), np.arange(1, n)] = 1
    a[1, 2:] = 1
    if n > 3:
        a[0, 2:] = 0
    if weighted:
        a *= t.rng.uniform(0.2, 3, size=(n, n))
    return a + a.T


def data(t, n, d, m, weighted=False):
    return graph(t, n, weighted), t.rng.normal(size=(n, d)), t.rng.normal(size=(d, m))


def example_path(t):
    """A path of three nodes."""
    a = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]])
    ask(t, a, np.array([[1.0, 0.0], [0.0, 2.0], [4.0, 1.0]]), np.array([[1.0], [0.5]]))


def test_random_graphs(t):
    """Graphs of several sizes with nodes of different degrees."""
    for n, d, m in [(6, 3, 4), (9, 5, 2), (12, 1, 7), (4, 4, 4)]:
        ask(t, *data(t, n, d, m))


def test_weighted_edges(t):
    """Edges of different weights."""
    for n, d, m in [(7, 3, 2), (5, 2, 6)]:
        ask(t, *data(t, n, d, m, weighted=True))


def test_light_and_heavy_edges(t):
    """Edge weights far below and far above 1."""
    a, x, w = data(t, 6, 3, 2, weighted=True)
    ask(t, 0.01 * a, x, w)
    ask(t, 100 * a, x, w)


def test_isolated_nodes(t):
    """Nodes without neighbours keep their own features."""
    a, x, w = data(t, 7, 3, 2)
    a[[2, 5]] = a[:, [2, 5]] = 0
    ask(t, a, x, w)
    ask(t, np.zeros((4, 4)), t.rng.normal(size=(4, 3)), t.rng.normal(size=(3, 2)))


def test_one_node(t):
    """A graph of a single node."""
    ask(t, np.zeros((1, 1)), t.rng.normal(size=(1, 3)), t.rng.normal(size=(3, 2)))


def test_renumbered_nodes(t):
    """Renumbering the nodes renumbers the result and changes nothing else."""
    a, x, w = data(t, 8, 3, 2, weighted=True)
    order = t.rng.permutation(8)
    ask(t, a[np.ix_(order, order)], x[order], w)
    ask(t, a, x, w)


def test_square_features(t):
    """As many features in and out as there are nodes."""
    ask(t, *data(t, 5, 5, 5))


def test_regular_graph(t):
    """On a ring all degrees are alike and the layer averages over three nodes."""
    ring = np.roll(np.eye(6), 1, axis=1) + np.roll(np.eye(6), -1, axis=1)
    ask(t, ring, t.rng.normal(size=(6, 2)), t.rng.normal(size=(2, 3)))


def test_float32(t):
    """float32 data, right to float32 precision."""
    ask(t, *(v.astype(np.float32) for v in data(t, 8, 4, 3, weighted=True)))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays; in PyTorch also the gradients."""
    a, x, w = data(t, 6, 4, 3)
    for arrays in zip(*(t.layouts(v).values() for v in (a, x, w)), strict=True):
        ask(t, *arrays)
    if t.framework.value == "torch":
        c = t.rng.normal(size=(6, 3))
        got = t.gradients("graph_convolution", a, x, w, wrt=(1, 2), cotangent=c)
        t.close(got[0], t.numeric_gradient(lambda v: (expected(a, v, w) * c).sum(), x), rtol=1e-6, what="d features")
        t.close(got[1], t.numeric_gradient(lambda v: (expected(a, x, v) * c).sum(), w), rtol=1e-6, what="d weight")
