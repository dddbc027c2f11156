"""Oracle: least squares on rows scaled by the roots of the weights, with extra rows for the ridge (lstsq)."""

import numpy as np

RTOL = 1e-7


def scores(f, rows):
    rows = np.asarray(rows, dtype=np.float64)
    if rows.ndim != 2:
        raise ValueError("predict takes an array of shape (r, d)")
    return np.array([f(row) for row in rows])


def expected(f, x, baseline, masks, kernel_width=0.25, ridge=1.0):
    x, baseline = np.asarray(x, dtype=np.float64), np.asarray(baseline, dtype=np.float64)
    m, d = masks.shape
    design, target = np.zeros((m + d, d + 1)), np.zeros(m + d)
    for k in range(m):
        inside = np.array([x[j] if masks[k, j] else baseline[j] for j in range(d)])
        off = sum(1 for j in range(d) if not masks[k, j]) / d
        root = np.exp(-((off / kernel_width) ** 2) / 2)
        design[k, 0], design[k, 1:], target[k] = root, root * masks[k], root * f(inside)
    design[m:, 1:] = np.sqrt(ridge) * np.eye(d)
    solution = np.linalg.lstsq(design, target, rcond=None)[0]
    return solution[1:], float(solution[0])


def ask(t, f, *args, rtol=RTOL, **kw):
    got = t.call("lime", lambda rows: scores(f, rows), *args, **kw)
    t.close(got, expected(f, *args, **kw), rtol=rtol, scale=1.0, what="(coefficients, intercept)")


def bend(t, d):
    """A smooth black box."""
    a, b = t.rng.normal(size=d), t.rng.normal(size=(d, d)) / d

    def f(row):
        return float(np.tanh(a @ row) + row @ b @ row + 0.3)

    return f


def data(t, d, m):
    """An input, a baseline and masks of which few and many features are off."""
    masks = (t.rng.random((m, d)) < t.rng.uniform(0.3, 0.95, size=(m, 1))).astype(float)
    masks[0] = 1
    masks[1 : d + 1] = 1 - np.eye(d)
    return t.rng.normal(size=d) + 0.5, 0.5 * t.rng.normal(size=d) - 0.5, masks


def example_three_features(t):
    """Three features, five perturbations."""
    masks = np.array([[1, 1, 1], [0, 1, 1], [1, 0, 1], [1, 1, 0], [0, 0, 1]], dtype=float)
    ask(t, lambda row: float(row[0] * row[1] + 2 * row[2]), np.array([1.0, 2.0, 3.0]), np.zeros(3), masks, 0.5, 0.1)


def test_random_models(t):
    """Smooth models, default settings."""
    for d, m in [(4, 30), (6, 50), (3, 12)]:
        ask(t, bend(t, d), *data(t, d, m))


def test_linear_model(t):
    """A linear model without ridge is explained exactly."""
    x, baseline, masks = data(t, 5, 40)
    a, c = t.rng.normal(size=5), 2 + t.rng.random()
    got = t.call("lime", lambda rows: scores(lambda row: float(a @ row) + c, rows), x, baseline, masks, 1.0, 0.0)
    t.close(got, (a * (x - baseline), float(a @ baseline) + c), rtol=1e-6, what="(coefficients, intercept)")


def test_baseline(t):
    """Absent features take the baseline's value, which need not be 0."""
    x, baseline, masks = data(t, 4, 30)
    f = bend(t, 4)
    ask(t, f, x, baseline + 2, masks, 0.6, 0.5)
    ask(t, f, x, 0 * baseline, masks, 0.6, 0.5)


def test_kernel_widths(t):
    """Narrow and wide kernels, by position and by name."""
    for width in (0.4, 0.9, 5.0):
        f = bend(t, 5)
        ask(t, f, *data(t, 5, 40), width)
        ask(t, f, *data(t, 5, 40), kernel_width=width)


def test_ridge(t):
    """Ridges of several strengths; the intercept stays free."""
    for ridge in (0.0, 0.01, 3.0, 1e3):
        ask(t, bend(t, 4), *data(t, 4, 40), 0.8, ridge, rtol=1e-6)
    f = bend(t, 4)
    ask(t, lambda row: 100 + f(row), *data(t, 4, 40), kernel_width=0.8, ridge=50.0)


def test_constant_model(t):
    """A constant model has an intercept and nothing else."""
    value = 3 + t.rng.random()
    got = t.call("lime", lambda rows: scores(lambda row: value, rows), *data(t, 4, 25))
    t.close(got, (np.zeros(4), value), rtol=RTOL, scale=1.0, what="(coefficients, intercept)")


def test_feature_without_influence(t):
    """A feature that the model ignores gets no weight."""
    x, baseline, masks = data(t, 4, 60)
    a = np.array([1.0, -2.0, 0.0, 0.5])
    got = t.call("lime", lambda rows: scores(lambda row: float(a @ row), rows), x, baseline, masks, 0.7, 0.0)
    t.close(np.asarray(got[0])[2], 0.0, rtol=1e-7, what="coefficient of the third feature")
    ask(t, lambda row: float(a @ row), x, baseline, masks, 0.7, 0.2)


def test_feature_equal_to_its_baseline(t):
    """A feature that equals its baseline is still a column of the masks."""
    x, baseline, masks = data(t, 4, 40)
    baseline[1] = x[1]
    ask(t, bend(t, 4), x, baseline, masks, 0.7, 0.5)


def test_repeated_masks(t):
    """Masks that come up several times count several times; all features off counts too."""
    x, baseline, masks = data(t, 4, 20)
    masks = np.concatenate([masks, masks[:3], masks[:3], np.zeros((2, 4))])
    ask(t, bend(t, 4), x, baseline, masks, 0.8, 0.3)


def test_float32(t):
    """float32 inputs."""
    x, baseline, masks = (v.astype(np.float32) for v in data(t, 4, 40))
    a = t.rng.normal(size=4)
    ask(t, lambda row: float(np.sin(a @ row)), x, baseline, masks, 0.8, 0.5, rtol=1e-4)


def test_other_memory_layouts(t):
    """Fortran order, strided and reversed masks."""
    x, baseline, masks = data(t, 4, 30)
    f = bend(t, 4)
    for array in t.layouts(masks).values():
        ask(t, f, x, baseline, array, 0.5, 0.7)
