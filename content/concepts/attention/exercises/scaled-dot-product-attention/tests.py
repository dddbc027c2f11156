"""Oracle: query by query in float64, with a softmax over the allowed keys only.

The sizes d are squares, whose roots are exact in float32 too: a root taken in float32 is no mistake worth a failure.
"""

import numpy as np


def expected(q, k, v, mask=None):
    q, k, v = (np.asarray(a, dtype=np.float64) for a in (q, k, v))
    lead, n_q, n_k = q.shape[:-2], q.shape[-2], k.shape[-2]
    allowed = np.broadcast_to(True if mask is None else mask, (*lead, n_q, n_k))
    out = np.zeros((*lead, n_q, v.shape[-1]))
    for at in np.ndindex(*lead, n_q):
        keep = np.flatnonzero(allowed[at])
        if len(keep) == 0:
            continue
        scores = np.array([np.dot(q[at], k[at[:-1]][j]) for j in keep]) / np.sqrt(q.shape[-1])
        weights = np.exp(scores - scores.max())
        for w, j in zip(weights / weights.sum(), keep, strict=True):
            out[at] += w * v[at[:-1]][j]
    return out


def make(t, *lead, n_q=4, n_k=6, d=9, d_v=3, size=1.0):
    return tuple(t.rng.normal(size=(*lead, *s)) * size for s in ((n_q, d), (n_k, d), (n_k, d_v)))


def some_mask(t, *shape):
    """At least one key allowed and one forbidden in every row."""
    mask = t.rng.random(shape) < 0.5
    mask[..., 0], mask[..., 1] = True, False
    return t.rng.permuted(mask, axis=-1)


def ask(t, q, k, v, *mask, **kwargs):
    got = t.call("scaled_dot_product_attention", q, k, v, *mask)
    t.close(got, expected(q, k, v, *mask), what="output", **kwargs)
    return got


def example_no_mask(t):
    """Two queries, three keys, no mask."""
    q = np.array([[2.0, 0.0, 0.0, 0.0], [0.0, 4.0, 0.0, 0.0]])
    k = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [1.0, 1.0, 0.0, 0.0]])
    ask(t, q, k, np.array([[1.0], [2.0], [4.0]]))


def example_causal_mask(t):
    """A causal mask: each query sees itself and what is before it."""
    q, k, v = make(t, n_q=3, n_k=3, d=4, d_v=2)
    ask(t, q, k, v, np.tril(np.ones((3, 3), dtype=bool)))


def test_without_leading_dimensions(t):
    """Matrices, several shapes."""
    for sizes in [(1, 1, 1, 1), (1, 7, 4, 2), (5, 2, 9, 4), (4, 4, 4, 4)]:
        ask(t, *make(t, n_q=sizes[0], n_k=sizes[1], d=sizes[2], d_v=sizes[3]))


def test_batches_and_heads(t):
    """One and two leading dimensions, also of size 1."""
    for lead in [(3,), (1,), (2, 3), (1, 1), (4, 4)]:
        ask(t, *make(t, *lead))


def test_masks(t):
    """Random masks of the full shape."""
    ask(t, *make(t), some_mask(t, 4, 6))
    ask(t, *make(t, 3), some_mask(t, 3, 4, 6))
    ask(t, *make(t, 2, 3), some_mask(t, 2, 3, 4, 6))


def test_masks_that_broadcast(t):
    """Masks with fewer or smaller dimensions than the scores."""
    ask(t, *make(t, 3), some_mask(t, 4, 6))
    ask(t, *make(t, 3), some_mask(t, 3, 1, 6))
    ask(t, *make(t, 2, 3), some_mask(t, 2, 1, 1, 6))
    ask(t, *make(t, 2, 3), some_mask(t, 6))


def test_masked_keys_have_no_influence(t):
    """Whatever stands in masked keys and values, the output stays."""
    q, k, v = make(t, 2)
    mask = some_mask(t, 2, 1, 6)
    for size in (1e3, 1e12):
        k2, v2 = k.copy(), v.copy()
        k2[~mask[:, 0]] = t.rng.normal(size=k2[~mask[:, 0]].shape) * size
        v2[~mask[:, 0]] = t.rng.normal(size=v2[~mask[:, 0]].shape) * size
        ask(t, q, k2, v2, mask)


def test_query_without_any_key(t):
    """Rows that are masked completely give zeros, the others what they should."""
    q, k, v = make(t, 2)
    mask = some_mask(t, 2, 4, 6)
    mask[0, 2] = mask[1, 0] = False
    ask(t, q, k, v + 5, mask)
    ask(t, q, k, v + 5, np.zeros((4, 6), dtype=bool))


def test_large_scores(t):
    """Scores far beyond the range of exp, of both signs."""
    q, k, v = make(t, 2, size=60.0)
    ask(t, q, k, v, rtol=1e-8)
    ask(t, q, k, v, some_mask(t, 2, 4, 6), rtol=1e-8)
    for offset in (-200.0, 200.0):  # scores of 4e5, equal but for differences of about 1
        ask(t, np.full((2, 4, 9), 1e3) + q / 60, np.full((2, 6, 9), offset) + k / 6e4, v, rtol=1e-6)


def test_float32(t):
    """float32 in, right to float32 precision."""
    q, k, v = (a.astype(np.float32) for a in make(t, 2, 3))
    ask(t, q, k, v)
    ask(t, q, k, v, some_mask(t, 2, 3, 4, 6))


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    q, k, v = make(t, 2)
    for name in t.layouts(q):
        ask(t, *(t.layouts(a)[name] for a in (q, k, v)), some_mask(t, 2, 4, 6))


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    q, k, v = make(t, 2)
    gradients(t, q, k, v, some_mask(t, 2, 4, 6))


def test_gradient_without_any_key(t):
    """A query that may attend to no key has the gradient 0 and leaves the others' as they are."""
    q, k, v = make(t, 2)
    mask = some_mask(t, 2, 4, 6)
    mask[0, 2] = mask[1, 0] = False
    gradients(t, q, k, v, mask)


def gradients(t, q, k, v, mask):
    ask(t, q, k, v, mask)
    if t.framework.value == "torch":
        c = t.rng.normal(size=(2, 4, 3))
        got = t.gradients("scaled_dot_product_attention", q, k, v, mask, wrt=(0, 1, 2), cotangent=c)
        want = (
            t.numeric_gradient(lambda x: float((c * expected(x, k, v, mask)).sum()), q),
            t.numeric_gradient(lambda x: float((c * expected(q, x, v, mask)).sum()), k),
            t.numeric_gradient(lambda x: float((c * expected(q, k, x, mask)).sum()), v),
        )
        t.close(got, want, rtol=1e-6, what="gradients")
