"""Oracle: token by token and head by head in float64, by the definition.

A head has a square number of columns: roots of these are exact in float32 too.
"""

import numpy as np

NAME = "transformer_block"


def norm(v, scale, shift, eps):
    centred = v - np.sum(v) / len(v)
    return centred / np.sqrt(np.sum(centred**2) / len(v) + eps) * scale + shift


def expected(x, params, num_heads, causal=False, eps=1e-5):
    x = np.asarray(x, dtype=np.float64)
    p = {k: np.asarray(v, dtype=np.float64) for k, v in params.items()}
    n, d = x.shape[1:]
    size = d // num_heads
    out = np.empty_like(x)
    for b, sequence in enumerate(x):
        a = np.array([norm(v, p["ln1_scale"], p["ln1_shift"], eps) for v in sequence])
        for i in range(n):
            y = sequence[i].copy()
            sees = a[: i + 1] if causal else a
            for h in range(num_heads):
                own = slice(h * size, (h + 1) * size)
                scores = sees @ p["w_k"][:, own] @ (a[i] @ p["w_q"][:, own]) / np.sqrt(size)
                weights = np.exp(scores - scores.max())
                y += weights / weights.sum() @ (sees @ p["w_v"][:, own]) @ p["w_o"][own]
            hidden = norm(y, p["ln2_scale"], p["ln2_shift"], eps) @ p["w_1"] + p["b_1"]
            out[b, i] = y + np.where(hidden > 0, hidden, 0) @ p["w_2"] + p["b_2"]
    return out


def make(t, b=2, n=4, d=8, d_ff=10):
    r = t.rng.normal
    params = {f"w_{k}": r(size=(d, d)) / d**0.5 for k in "qkvo"}
    params |= {
        "w_1": r(size=(d, d_ff)) / d**0.5,
        "b_1": r(size=d_ff),
        "w_2": r(size=(d_ff, d)) / d_ff**0.5,
        "b_2": r(size=d),
    }
    for k in ("ln1", "ln2"):
        params |= {f"{k}_scale": 1 + t.rng.random(d), f"{k}_shift": r(size=d)}
    return r(size=(b, n, d)) * 2 + 1, params


def ask(t, x, params, num_heads, *args, rtol=None, **kwargs):
    got = t.call(NAME, x, params, num_heads, *args, **kwargs)
    t.close(got, expected(x, params, num_heads, *args, **kwargs), what="output", rtol=rtol)


def example_two_tokens(t):
    """Two tokens, two heads."""
    ask(t, *make(t, b=1, n=2, d=8, d_ff=12), 2)


def test_sizes(t):
    """Several sizes and numbers of heads."""
    for b, n, d, d_ff, heads in [
        (2, 4, 8, 10, 2),
        (3, 5, 12, 4, 3),
        (1, 7, 16, 9, 4),
        (2, 3, 6, 6, 6),
        (2, 3, 9, 7, 1),
    ]:
        ask(t, *make(t, b, n, d, d_ff), heads)


def test_causal(t):
    """Each token sees only itself and what is before it."""
    for d, heads in [(9, 1), (8, 2), (12, 3), (18, 2)]:
        ask(t, *make(t, n=5, d=d), heads, causal=True)
    ask(t, *make(t, b=1), 2, True)


def test_future_has_no_influence(t):
    """With the causal mask, a changed token leaves everything before it as it was."""
    x, params = make(t, n=5)
    before = t.call(NAME, x, params, 2, causal=True)
    changed = x.copy()
    changed[:, 3:] = t.rng.normal(size=changed[:, 3:].shape) * 10
    after = t.call(NAME, changed, params, 2, causal=True)
    t.close(after, expected(changed, params, 2, True), what="output")
    t.close(after[:, :3], np.asarray(before[:, :3], dtype=np.float64), what="the tokens before the change")


def test_one_token(t):
    """A sequence of one token."""
    ask(t, *make(t, n=1), 4)
    ask(t, *make(t, n=1, b=1), 2, causal=True)


def test_residual_stream(t):
    """Sublayers whose last matrix is zero leave the stream as it is."""
    x, params = make(t)
    params["w_o"] = np.zeros_like(params["w_o"])
    ask(t, x * 50, params, 2)
    params["w_2"], params["b_2"] = np.zeros_like(params["w_2"]), np.zeros_like(params["b_2"])
    ask(t, x * 50, params, 2)
    x, params = make(t)
    params["w_2"], params["b_2"] = np.zeros_like(params["w_2"]), np.zeros_like(params["b_2"])
    ask(t, x * 50, params, 2)


def test_epsilon(t):
    """Tokens that hardly vary: epsilon decides, and it can be chosen."""
    x, params = make(t)
    for eps in (1e-5, 1e-2, 0.5):
        ask(t, 3 + x * 1e-2, params, 2, eps=eps, rtol=1e-9)
    ask(t, 3 + x * 1e-3, params, 2, rtol=1e-8)
    params["w_v"] = np.zeros_like(params["w_v"])
    ask(t, np.ones_like(x), params, 2, rtol=1e-9)


def test_large_scores(t):
    """Scores beyond the range of exp."""
    x, params = make(t)
    common = t.rng.normal(size=8) * 100  # the same in all tokens, so that differences stay small
    params["ln1_shift"], params["ln1_scale"] = common, params["ln1_scale"] / 50
    ask(t, x, params, 2, rtol=1e-7)
    ask(t, x, params, 2, causal=True, rtol=1e-7)


def test_large_negative_scores(t):
    """Allowed scores of about -10000: what is masked still has no influence."""
    x, params = make(t)
    common = t.rng.normal(size=8) * 100
    params["ln1_shift"], params["ln1_scale"] = common, params["ln1_scale"] / 50
    for own in (slice(0, 4), slice(4, 8)):
        asks = common @ params["w_q"][:, own]
        params["w_q"][:, own] *= np.sqrt(2e4 / (asks @ asks))  # a score of -1e4 before the tokens' own part
    params["w_k"] = -params["w_q"]
    ask(t, x, params, 2, causal=True, rtol=1e-7)


def test_float32(t):
    """float32 in, right to float32 precision."""
    x, params = make(t)
    ask(t, x.astype(np.float32), {k: v.astype(np.float32) for k, v in params.items()}, 2, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed arrays."""
    x, params = make(t)
    for array in t.layouts(x).values():
        ask(t, array, params, 2, causal=True)


def test_differentiable(t):
    """The result carries its gradient where the framework has autograd."""
    x, params = make(t, n=3)
    ask(t, x, params, 2, True)
    if t.framework.value == "torch":
        c = t.rng.normal(size=x.shape)
        got = t.gradients(NAME, x, params, 2, True, wrt=(0,), cotangent=c)
        want = t.numeric_gradient(lambda v: float((c * expected(v, params, 2, True)).sum()), x)
        t.close(got, (want,), rtol=1e-5, what="gradient")
        for name in sorted(params):

            def loss(v, name=name):
                return float((c * expected(x, {**params, name: v}, 2, True)).sum())

            got = t.gradients(NAME, x, params, 2, True, wrt=((1, name),), cotangent=c)
            t.close(got, (t.numeric_gradient(loss, params[name]),), rtol=1e-5, scale=1.0, what=f"gradient by {name}")
