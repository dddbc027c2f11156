"""Oracle: example by example and head by head in float64, with the head's columns cut out of the matrices.

A head has a square number of columns: roots of these are exact in float32 too.
"""

import numpy as np

NAME = "multi_head_attention"


def expected(x_q, x_kv, w_q, w_k, w_v, w_o, num_heads, mask=None):
    x_q, x_kv, w_q, w_k, w_v, w_o = (np.asarray(a, dtype=np.float64) for a in (x_q, x_kv, w_q, w_k, w_v, w_o))
    size = w_q.shape[1] // num_heads
    out = np.zeros((len(x_q), x_q.shape[1], w_o.shape[1]))
    for i in range(len(x_q)):
        allowed = True if mask is None else (mask if mask.ndim == 2 else mask[i])
        for h in range(num_heads):
            own = slice(h * size, (h + 1) * size)
            scores = x_q[i] @ w_q[:, own] @ (x_kv[i] @ w_k[:, own]).T / np.sqrt(size)
            scores = np.where(allowed, scores, -np.inf)
            weights = np.exp(scores - scores.max(axis=1, keepdims=True))
            weights /= weights.sum(axis=1, keepdims=True)
            out[i] += weights @ (x_kv[i] @ w_v[:, own]) @ w_o[own]
    return out


def make(t, b=2, n_q=4, n_k=5, d_in=3, d=12, d_out=7):
    shapes = [(b, n_q, d_in), (b, n_k, d_in), (d_in, d), (d_in, d), (d_in, d), (d, d_out)]
    return [t.rng.normal(size=s) for s in shapes]


def some_mask(t, *shape):
    mask = t.rng.random(shape) < 0.5
    mask[..., 0], mask[..., 1] = True, False
    return t.rng.permuted(mask, axis=-1)


def ask(t, *args, **kwargs):
    t.close(t.call(NAME, *args), expected(*args), what="output", **kwargs)


def example_two_heads(t):
    """Self-attention of three tokens with two heads."""
    x, _, *weights = make(t, b=1, n_q=3, d_in=2, d=8, d_out=2)
    ask(t, x, x, *weights, 2)


def test_self_attention(t):
    """One sequence attends to itself."""
    for d, heads in [(16, 1), (8, 2), (12, 3), (16, 4), (18, 2)]:
        x, _, *weights = make(t, d=d)
        ask(t, x, x, *weights, heads)


def test_cross_attention(t):
    """Two sequences of different lengths."""
    for d, heads in [(9, 1), (12, 3), (16, 4), (6, 6), (36, 4)]:
        ask(t, *make(t, d=d), heads)


def test_equal_sizes(t):
    """Where all sizes are equal the content must still be right."""
    ask(t, *make(t, b=4, n_q=4, n_k=4, d_in=4, d=4, d_out=4), 4)
    ask(t, *make(t, b=4, n_q=4, n_k=4, d_in=16, d=16, d_out=16), 4, some_mask(t, 4, 4, 4))


def test_small_sizes(t):
    """A batch of one, a single query, a single key."""
    ask(t, *make(t, b=1), 3)
    ask(t, *make(t, n_q=1), 3)
    ask(t, *make(t, n_k=1), 3)


def test_mask_for_all(t):
    """A mask of shape (n_q, n_k), random and causal."""
    ask(t, *make(t), 3, some_mask(t, 4, 5))
    x, _, *weights = make(t, d=16)
    ask(t, x, x, *weights, 4, np.tril(np.ones((4, 4), dtype=bool)))


def test_mask_for_each_example(t):
    """A mask of shape (b, n_q, n_k), also where the batch is as large as the number of heads."""
    for b, heads in [(2, 3), (3, 3), (2, 2), (1, 4)]:
        ask(t, *make(t, b=b, d=4 * heads), heads, some_mask(t, b, 4, 5))


def test_heads_must_divide(t):
    """A number of heads that does not divide d is refused."""
    for heads in (5, 7, 24):
        t.raises(NAME, *make(t), heads, error="ValueError")


def test_large_scores(t):
    """Scores beyond the range of exp."""
    x_q, x_kv, *weights = make(t)
    x_q, x_kv = x_q * 40, 40 * x_kv[:, :1] + x_kv / 100  # keys that differ by little: differences of about 1
    ask(t, x_q, x_kv, *weights, 3, rtol=1e-7)
    ask(t, x_q, x_kv, *weights, 3, some_mask(t, 2, 4, 5), rtol=1e-7)


def test_float32(t):
    """float32 in, right to float32 precision."""
    ask(t, *(a.astype(np.float32) for a in make(t)), 3, some_mask(t, 4, 5), rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    arrays = make(t)
    for name in ("Fortran order", "strided", "reversed"):
        ask(t, *(t.layouts(a)[name] for a in arrays), 3)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    arrays, mask = make(t), some_mask(t, 2, 4, 5)
    ask(t, *arrays, 3, mask)
    if t.framework.value == "torch":
        c = t.rng.normal(size=(2, 4, 7))

        def loss(x, at):
            return float((c * expected(*arrays[:at], x, *arrays[at + 1 :], 3, mask)).sum())

        got = t.gradients(NAME, *arrays, 3, mask, wrt=tuple(range(6)), cotangent=c)
        want = tuple(t.numeric_gradient(lambda x, at=at: loss(x, at), arrays[at]) for at in range(6))
        t.close(got, want, rtol=1e-6, what="gradients")
