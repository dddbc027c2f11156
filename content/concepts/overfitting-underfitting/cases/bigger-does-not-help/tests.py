"""What the script does is measured on points that are made here."""

import numpy as np


def points(rng, n):
    inner = rng.permutation(np.arange(n) % 2)
    radius = np.where(inner == 1, rng.uniform(0.0, 1.0, n), rng.uniform(1.3, 2.2, n))
    angle = rng.uniform(0, 2 * np.pi, n)
    x = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    return x.astype(np.float32), inner.astype(np.float32)


def script_data(t, seed):
    return *t.call("make_data", seed), *t.call("make_data", seed + 1000, 300)


def right(got, y):
    return float(((np.asarray(got["logits"]) > 0) == (y > 0.5)).mean())


def symptom_size_does_not_matter(t):
    """Both losses for three sizes."""
    data = script_data(t, 0)
    lines, lowest = {}, np.inf
    for hidden in ([16, 16], [64, 64]):
        got = t.call("train", *data, data[2], 0, hidden)
        name = " x ".join(map(str, hidden))
        lines |= {f"training, {name}": got["train_losses"], f"validation, {name}": got["val_losses"]}
        lowest = min(lowest, *got["train_losses"])
    t.curves("Losses", lines)
    t.check(lowest > 0.6, "a training loss falls")


def probe_sizes(t):
    data = script_data(t, 0)
    sizes = ([], [8], [64], [32, 32], [32, 32, 32])
    bars = {str(h): t.call("train", *data, data[2], 0, h, 8)["train_losses"][-1] for h in sizes}
    t.bars("Last training loss", bars)


def probe_map(t):
    data = script_data(t, 0)
    axis = np.linspace(-2, 2, 9)
    grid = np.array([[a, b] for b in axis[::-1] for a in axis], dtype=np.float32)
    logits = np.asarray(t.call("train", *data, grid, 0)["logits"]).reshape(9, 9)
    t.matrix("Logit", logits.round(3), rows=axis[::-1], columns=axis, row_label="second", column_label="first")


def probe_gradient_norms(t):
    t.bars("Gradient norm at the start", t.call("gradient_norms", *t.call("make_data", 0)))


def probe_layers(t):
    t.log("The model", t.call("describe", [16, 16]))


def example_the_training_loss_falls(t):
    """On the script's own data the training loss falls below 0.2."""
    data = script_data(t, 3)
    last = t.call("train", *data, data[2], 3)["train_losses"][-1]
    t.check(last < 0.2, f"the training loss ends at {last:.3f}")


def test_new_points(t):
    """New points are told apart, for several seeds."""
    for seed in (0, 1):
        x, y = points(t.rng, 800)
        got = t.call("train", x[:500], y[:500], x[500:], y[500:], x[500:], seed)
        t.check(right(got, y[500:]) > 0.93, f"{right(got, y[500:]):.2f} of new points are told apart")


def test_other_depths(t):
    """One wide and three narrow hidden layers fit the points as well."""
    x, y = points(t.rng, 500)
    for hidden in ([48], [16, 16, 16]):
        got = t.call("train", x, y, x[:50], y[:50], x, 1, hidden, 25)
        t.check(right(got, y) > 0.93, f"with {hidden} hidden units, {right(got, y):.2f} are told apart")


def test_without_hidden_layers_it_is_a_line(t):
    """An empty list gives an affine function, and a hidden layer does not."""
    x, y = points(t.rng, 200)
    a, b = t.rng.normal(size=(2, 20, 2)).astype(np.float32)
    probe = np.concatenate([a, b, (a + b) / 2])
    for hidden, affine in (([], True), ([16], False)):
        z = np.asarray(t.call("train", x, y, x, y, probe, 2, hidden, 12)["logits"], dtype=np.float64)
        bend = np.abs((z[:20] + z[20:40]) / 2 - z[40:]).max()
        if affine:
            t.check(bend < 1e-4, "without hidden layers the output is not affine in the input")
        else:
            t.check(bend > 0.1, "with a hidden layer the output is affine in the input")


def test_logits_have_both_signs(t):
    """Logits are negative for one class and positive for the other; without hidden layers, too."""
    x, y = points(t.rng, 300)
    z = np.asarray(t.call("train", x, y, x, y, x, 4)["logits"])
    t.check(z[y > 0.5].mean() > 0.5 and z[y < 0.5].mean() < -0.5, "the logits do not have both signs")
    line = (x[:, 0] > 0).astype(np.float32)
    z = np.asarray(t.call("train", x, line, x, line, x, 4, [], 30)["logits"])
    t.check(z.min() < -0.5 and z.max() > 0.5, "without hidden layers the logits do not have both signs")


def test_kinks_of_relu(t):
    """Far out the output is linear along a ray and not constant, as with ReLU."""
    x, y = points(t.rng, 300)
    angle = np.arange(8) * np.pi / 4 + 0.2
    rays = np.array([100.0, 200.0, 300.0])[:, None, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    got = t.call("train", x, y, x, y, rays.reshape(-1, 2).astype(np.float32), 5, [16])["logits"]
    z = np.asarray(got, dtype=np.float64).reshape(3, 8)
    t.check(np.abs(z[0] - 2 * z[1] + z[2]).max() < 1e-3 * (1 + np.abs(z).max()), "far out the output is not linear")
    t.check(np.abs(z[2] - z[0]).max() > 1e-3, "far out the output is constant: the units saturate")


def test_the_losses_are_the_losses(t):
    """The last losses are those of the returned logits."""
    (x, y), (x_val, y_val) = points(t.rng, 200), points(t.rng, 100)
    for new, truth, name in ((x, y, "train_losses"), (x_val, y_val, "val_losses")):
        got = t.call("train", x, y, x_val, y_val, new, 6, [16], 5)
        z = np.asarray(got["logits"], dtype=np.float64)
        own = float(np.mean(np.logaddexp(0, z) - truth * z))
        t.check(abs(got[name][-1] - own) < 1e-3, f"{name} ends at {got[name][-1]:.4f}, it is {own:.4f}")
