"""The backbone's state is compared with what was passed in, on scenes that are made here."""

import numpy as np


def scenes(rng, n, kinds, groups, gain=1.0, offset=0.0):
    kind = rng.permutation(np.arange(n) % 8)
    x = kinds[kind] + 0.4 * rng.normal(size=(n, 10))
    return (gain * x + offset).astype(np.float32), np.array(groups)[kind]


OLD, NEW = (0, 1, 2, 3, 0, 1, 2, 3), (0, 0, 2, 1, 3, 2, 1, 3)


def wide(state):
    return {k: np.asarray(v, dtype=np.float64) for k, v in state.items()}


def plain(state):
    return {k: np.asarray(v) for k, v in state.items()}


def pretrained(t, kinds, seed=0):
    return plain(t.call("pretrain", *scenes(t.rng, 240, kinds, OLD), seed)["state"])


def symptom_no_progress(t):
    """The loss of fine-tuning on camera B."""
    state = plain(t.call("pretrain", *t.call("make_data", 0))["state"])
    x, y = t.call("make_data", 1, 240, "new", "B")
    new, truth = t.call("make_data", 2, 240, "new", "B")
    got = t.call("fine_tune", state, x, y, new)
    t.curves("Loss of fine-tuning", {"camera B": got["losses"], "log 4": [np.log(4)] * len(got["losses"])})
    right = float((np.asarray(got["probabilities"]).argmax(axis=1) == truth).mean())
    t.bars("Share of new images judged rightly", {"camera B": right, "guessing": 0.25})
    t.check(right < 0.65, "the transfer works")


def probe_features(t):
    state = plain(t.call("pretrain", *t.call("make_data", 0))["state"])
    for camera in "AB":
        f = t.call("features", state, t.call("make_data", 1, 240, "new", camera)[0])
        counts, edges = np.histogram(f, bins=8, range=(-1, 1))
        named = {f"from {a:.2f}": float(c) for a, c in zip(edges, counts, strict=False)}
        t.bars(f"Features, camera {camera}", named)


def probe_inputs(t):
    both = {c: np.asarray(t.call("make_data", 1, 240, "new", c)[0])[:, :6] for c in "AB"}
    rows = [f(v, axis=0) for v in both.values() for f in (np.mean, np.std)]
    t.matrix("Measurements", rows, rows=["mean, A", "std, A", "mean, B", "std, B"])


def probe_statistics(t):
    state = wide(t.call("pretrain", *t.call("make_data", 0))["state"])
    x = np.asarray(t.call("make_data", 1, 240, "new", "B")[0])
    z = (x @ state["0.weight"].T + state["0.bias"])[:, :8]
    rows = [state["1.running_mean"][:8], z.mean(axis=0), state["1.running_var"][:8] ** 0.5, z.std(axis=0)]
    t.matrix("Inputs of the layer", rows, rows=["stored mean", "real mean, B", "stored std", "real std, B"])


def probe_camera_a(t):
    state = plain(t.call("pretrain", *t.call("make_data", 0))["state"])
    x, y = t.call("make_data", 1, 240, "new", "A")
    t.curves("Loss of fine-tuning", {"camera A": t.call("fine_tune", state, x, y, x)["losses"]})


def example_camera_b(t):
    """On the script's own data, four of five new images of camera B are judged rightly."""
    state = plain(t.call("pretrain", *t.call("make_data", 5), 5)["state"])
    new, truth = t.call("make_data", 7, 240, "new", "B")
    got = t.call("fine_tune", state, *t.call("make_data", 6, 240, "new", "B"), new, 5)
    right = (np.asarray(got["probabilities"]).argmax(axis=1) == truth).mean()
    t.check(right > 0.8, f"{right:.2f} of the new images are judged rightly")


def test_other_cameras(t):
    """The transfer works for several cameras, darker or brighter."""
    for seed, (gain, offset) in enumerate([(3.0, 40.0), (2.0, -60.0), (0.5, 20.0)]):
        kinds = 2 * t.rng.normal(size=(8, 10))
        state = pretrained(t, kinds, seed)
        x, y = scenes(t.rng, 480, kinds, NEW, gain, offset)
        got = t.call("fine_tune", state, x[:240], y[:240], x[240:], seed)
        right = (np.asarray(got["probabilities"]).argmax(axis=1) == y[240:]).mean()
        t.check(right > 0.8, f"with gain {gain} and offset {offset}, {right:.2f} are judged rightly")


def test_parameters_are_frozen(t):
    """Weights, biases and affine parameters of the backbone stay exactly as they were."""
    kinds = 2 * t.rng.normal(size=(8, 10))
    state = pretrained(t, kinds)
    x, y = scenes(t.rng, 160, kinds, NEW, 2.0, 25.0)
    after = t.call("fine_tune", state, x, y, x[:9], 1, 4)["state"]
    t.check(set(after) == set(state), "the state has other entries than before")
    for name in ("0.weight", "0.bias", "1.weight", "1.bias"):
        t.check(np.array_equal(np.asarray(after[name]), state[name]), f"{name} of the backbone has changed")


def test_statistics_are_those_of_the_new_camera(t):
    """The running statistics at the end are about those of the layer's inputs on the new camera."""
    kinds = 2 * t.rng.normal(size=(8, 10))
    state = pretrained(t, kinds)
    x, y = scenes(t.rng, 240, kinds, NEW, 2.0, 30.0)
    after = wide(t.call("fine_tune", state, x, y, x[:9], 1, 15)["state"])
    z = x @ after["0.weight"].T + after["0.bias"]
    apart = np.abs(after["1.running_mean"] - z.mean(axis=0)) / z.std(axis=0)
    ratio = after["1.running_var"] / z.var(axis=0)
    t.check(apart.max() < 0.5, "a running mean is not that of the new camera")
    t.check(ratio.min() > 0.6 and ratio.max() < 1.6, "a running variance is not that of the new camera")


def test_rows_are_judged_one_by_one(t):
    """A row has the same probabilities alone, among others, and beside strange rows."""
    kinds = 2 * t.rng.normal(size=(8, 10))
    state = pretrained(t, kinds)
    x, y = scenes(t.rng, 160, kinds, NEW, 2.0, 25.0)
    new = x[120:140]
    strange = np.concatenate([new, 10 * new])
    one, all_, more = (
        np.asarray(t.call("fine_tune", state, x[:120], y[:120], rows, 2, 4)["probabilities"])
        for rows in (new[:1], new, strange)
    )
    t.check(np.abs(one[0] - all_[0]).max() < 1e-4, "a row alone has other probabilities than among others")
    t.check(np.abs(more[:20] - all_).max() < 1e-4, "strange rows change the probabilities of the others")
    t.check(np.allclose(all_.sum(axis=1), 1, atol=1e-4), "the rows are not probabilities")


def test_the_backbone_is_used(t):
    """Another backbone gives another result."""
    kinds = 2 * t.rng.normal(size=(8, 10))
    x, y = scenes(t.rng, 160, kinds, NEW, 2.0, 25.0)
    one = pretrained(t, kinds, 1)
    flat = {**one, "0.weight": np.zeros_like(one["0.weight"]), "0.bias": np.zeros_like(one["0.bias"])}
    p = np.asarray(t.call("fine_tune", flat, x, y, x, 3, 5)["probabilities"])
    t.check(np.abs(p - p[0]).max() < 1e-3, "with a backbone of zeros, images are still told apart")
