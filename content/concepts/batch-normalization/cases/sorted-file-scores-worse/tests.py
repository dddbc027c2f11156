"""Predictions are compared with those of the network, computed here from its state."""

import numpy as np


def leaves(rng, n):
    y = rng.permutation(np.arange(n) % 4)
    return (1.3 * rng.normal(size=(4, 12))[y] + 0.6 * rng.normal(size=(n, 12))).astype(np.float32), y


def expected(state, x):
    s = {k: np.asarray(v, dtype=np.float64) for k, v in state.items()}
    h = x @ s["0.weight"].T + s["0.bias"]
    h = (h - s["1.running_mean"]) / np.sqrt(s["1.running_var"] + 1e-5) * s["1.weight"] + s["1.bias"]
    z = np.maximum(h, 0) @ s["3.weight"].T + s["3.bias"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def symptom_order_matters(t):
    """The accuracy on the file as exported, and shuffled."""
    state = t.call("train", *t.call("make_data", 0), 0)["state"]
    x, y = map(np.asarray, t.call("make_data", 1))
    order = np.random.default_rng(0).permutation(len(y))
    score = {
        "as exported": t.call("evaluate", state, x, y)["accuracy"],
        "shuffled": t.call("evaluate", state, x[order], y[order])["accuracy"],
    }
    t.bars("Accuracy", score)
    t.check(score["shuffled"] - score["as exported"] > 0.2, "the order makes no difference")


def probe_neighbours(t):
    x, y = map(np.asarray, t.call("make_data", 0))
    state = t.call("train", x, y, 0)["state"]
    batches = {"own species": [0, *range(1, 16)], "species 3": [0, *range(300, 315)], "mixed": [0, *range(5, 320, 21)]}
    rows = [t.call("evaluate", state, x[i], y[i])["probabilities"][0] for i in batches.values()]
    t.matrix("Probabilities of row 0", rows, rows=list(batches), row_label="other rows", column_label="species")


def probe_batch_size(t):
    x, y = map(np.asarray, t.call("make_data", 0))
    state = t.call("train", x, y, 0)["state"]
    sizes = (2, 8, 32, 128, 320)
    t.bars("Accuracy", {f"batches of {n}": t.call("evaluate", state, x, y, n)["accuracy"] for n in sizes})


def probe_inputs(t):
    x, y = map(np.asarray, t.call("make_data", 0))
    t.log("Species of each row", " ".join(map(str, y.tolist())))
    t.matrix("Mean of the first features", [x[y == k, :5].mean(axis=0) for k in range(4)], row_label="species")


def probe_running(t):
    state = t.call("train", *t.call("make_data", 0), 0)["state"]
    rows = [np.asarray(state["1.running_mean"])[:8], np.asarray(state["1.running_var"])[:8]]
    t.matrix("Running statistics", rows, rows=["mean", "variance"], column_label="unit")


def example_order_does_not_matter(t):
    """The script's own file scores the same sorted and shuffled."""
    x, y = map(np.asarray, t.call("make_data", 2))
    state = t.call("train", x, y, 2)["state"]
    order = t.rng.permutation(len(y))
    one, two = t.call("evaluate", state, x, y)["accuracy"], t.call("evaluate", state, x[order], y[order])["accuracy"]
    t.check(abs(one - two) < 1e-6, f"{one:.3f} sorted, {two:.3f} shuffled")


def test_predictions_are_those_of_the_network(t):
    """Predictions are those of the network with its running statistics, for any batch size."""
    x, y = leaves(t.rng, 200)
    state = t.call("train", x, y, 1, 6)["state"]
    for size in (1, 7, 64, 500):
        p = np.asarray(t.call("evaluate", state, x[:90], y[:90], size)["probabilities"])
        t.check(p.shape == (90, 4), f"with batches of {size} the probabilities have the shape {p.shape}")
        worst = np.abs(p - expected(state, x[:90])).max()
        t.check(worst < 1e-4, f"with batches of {size}, a probability differs by {worst:.3f}")


def test_the_accuracy_is_the_accuracy(t):
    """The accuracy is that of the returned probabilities, on labels that are partly wrong, too."""
    x, y = leaves(t.rng, 230)
    state = t.call("train", x[:150], y[:150], 2, 6)["state"]
    wrong = y[150:].copy()
    wrong[:20] = (wrong[:20] + 1) % 4
    got = t.call("evaluate", state, x[150:], wrong, 9)
    own = float((np.asarray(got["probabilities"]).argmax(axis=1) == wrong).mean())
    t.check(abs(got["accuracy"] - own) < 1e-6, f"reports {got['accuracy']:.3f}, it is {own:.3f}")


def test_it_learns(t):
    """New leaves are classified from a sorted file, for several seeds."""
    for seed in (0, 1):
        x, y = leaves(t.rng, 700)
        state = t.call("train", x[:320], y[:320], seed)["state"]
        order = np.argsort(y[320:], kind="stable") + 320
        right = t.call("evaluate", state, x[order], y[order])["accuracy"]
        t.check(right > 0.88, f"{right:.2f} of new leaves are classified rightly")


def test_training_uses_batch_statistics(t):
    """Training is indifferent to an offset of the inputs, and the running statistics follow it."""
    x, y = leaves(t.rng, 256)
    plain, moved = (t.call("train", x + shift, y, 3, 10) for shift in (np.float32(0), np.float32(40)))
    t.check(moved["losses"][-1] < 0.5, f"with inputs around 40, training ends at {moved['losses'][-1]:.2f}")
    w = np.asarray(moved["state"]["0.weight"], dtype=np.float64)
    centre = (x + 40.0) @ w.T + np.asarray(moved["state"]["0.bias"])
    apart = np.abs(centre.mean(axis=0) - np.asarray(moved["state"]["1.running_mean"])) / centre.std(axis=0)
    t.check(np.median(apart) < 1.5, "the running mean is not that of the units' inputs")
    t.check(plain["losses"][-1] < 0.5, "training does not learn")
