"""What the script does is measured on parts that are made here."""

import numpy as np


def parts(rng, n):
    y = rng.permutation(np.arange(n) % 4)
    return (1.5 * rng.normal(size=(4, 10))[y] + 0.4 * rng.normal(size=(n, 10))).astype(np.float32), y


def moved(got):
    return {k: float(np.abs(np.asarray(got["after"][k]) - np.asarray(got["before"][k])).max()) for k in got["before"]}


def symptom_hardly_moves(t):
    """The loss after each epoch."""
    x, y = t.call("make_data", 0)
    losses = t.call("train", x, y, x, 0)["losses"]
    t.curves("Training loss", {"training": losses, "log 4": [np.log(4)] * len(losses)})
    t.check(min(losses) > 1.2, "the loss falls")


def probe_gradient_norms(t):
    t.bars("Gradient norm after one backward pass", t.call("gradient_norms", *t.call("make_data", 0), 0))


def probe_parameter_change(t):
    x, y = t.call("make_data", 0)
    t.bars("Largest change of an entry", moved(t.call("train", x, y, x, 0)))


def probe_features(t):
    x, y = t.call("make_data", 0)
    f = np.asarray(t.call("features", x, 0))
    apart = ((f[120:, None] - f[None, :120]) ** 2).sum(axis=2)
    right = float((y[:120][apart.argmin(axis=1)] == y[120:]).mean())
    t.bars("Share of parts sorted rightly", {"nearest neighbour on the features": right, "guessing": 0.25})


def probe_predictions(t):
    x, y = t.call("make_data", 0)
    t.matrix("Probabilities", t.call("train", x, y, x[:6], 0)["probabilities"], row_label="part", column_label="class")


def example_the_loss_falls(t):
    """The loss on the script's own data falls below a half."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.5, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_parts(t):
    """New parts are sorted rightly, for several seeds."""
    for seed in (0, 1):
        x, y = parts(t.rng, 500)
        got = t.call("train", x[:240], y[:240], x[240:], seed)
        right = (np.asarray(got["probabilities"]).argmax(axis=1) == y[240:]).mean()
        t.check(right > 0.85, f"{right:.2f} of new parts are sorted rightly")


def test_exactly_the_right_parameters_move(t):
    """Head and temperature move, the backbone stays as it was loaded."""
    x, y = parts(t.rng, 200)
    got = t.call("train", x, y, x, 1, 5)
    change = moved(got)
    wanted = {"head.weight", "head.bias", "log_temperature"}
    t.check(wanted < set(change), "the parameters have other names than before")
    for name, size in change.items():
        if name in wanted:
            t.check(size > 1e-4, f"{name} does not move")
        else:
            t.check(name.startswith("backbone.") and size == 0, f"{name} moves")


def test_the_backbone_is_the_loaded_one(t):
    """The backbone's weights do not depend on the seed."""
    x, y = parts(t.rng, 60)
    one, two = (t.call("train", x, y, x, seed, 1)["before"] for seed in (1, 2))
    names = [k for k in one if k.startswith("backbone.")]
    t.check(len(names) == 4, "the backbone has other parameters than before")
    t.check(all(np.array_equal(one[k], two[k]) for k in names), "the backbone is not the one that was loaded")
    t.check(not np.array_equal(one["head.weight"], two["head.weight"]), "the head does not depend on the seed")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities, and both belong to the returned parameters."""
    x, y = parts(t.rng, 200)
    got = t.call("train", x, y, x, 5, 6)
    p = np.asarray(got["probabilities"], dtype=np.float64)
    own = -np.log(np.clip(p[np.arange(200), y], 1e-12, None)).mean()
    t.check(abs(got["losses"][-1] - own) < 1e-3, f"reports {got['losses'][-1]:.4f}, it is {own:.4f}")
    w = {k: np.asarray(v, dtype=np.float64) for k, v in got["after"].items()}
    h = np.maximum(x @ w["backbone.0.weight"].T + w["backbone.0.bias"], 0)
    h = np.maximum(h @ w["backbone.2.weight"].T + w["backbone.2.bias"], 0)
    z = (h @ w["head.weight"].T + w["head.bias"]) / np.exp(w["log_temperature"])
    e = np.exp(z - z.max(axis=1, keepdims=True))
    t.check(np.abs(e / e.sum(axis=1, keepdims=True) - p).max() < 1e-3, "the probabilities are not those of the model")
