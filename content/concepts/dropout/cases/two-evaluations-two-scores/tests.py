"""Predictions are compared with those of the network, computed here from its parameters."""

import numpy as np


def patches(rng, n):
    y = rng.permutation(np.arange(n) % 3)
    return (1.2 * rng.normal(size=(3, 16))[y] + 0.8 * rng.normal(size=(n, 16))).astype(np.float32), y


def wide(parameters):
    return {k: np.asarray(v, dtype=np.float64) for k, v in parameters.items()}


def hidden(parameters, x):
    w = wide(parameters)
    return np.maximum(x @ w["hidden.weight"].T + w["hidden.bias"], 0)


def expected(parameters, x):
    w = wide(parameters)
    z = hidden(parameters, x) @ w["output.weight"].T + w["output.bias"]
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def symptom_two_scores(t):
    """The score of eight evaluations of one model."""
    x, y = t.call("make_data", 0)
    new, classes = t.call("make_data", 1)
    parameters = t.call("train", x, y, 0)["parameters"]
    outputs = [np.asarray(t.call("predict", parameters, new)) for _ in range(8)]
    scores = {f"evaluation {n + 1}": float((p.argmax(axis=1) == classes).mean()) for n, p in enumerate(outputs)}
    by_hand = float((expected(parameters, new).argmax(axis=1) == classes).mean())
    t.bars("Share of patches judged rightly", {**scores, "weights by hand": by_hand})
    t.check(np.ptp(outputs, axis=0).max() > 0.1, "evaluations agree")


def probe_repeats(t):
    x, y = t.call("make_data", 0)
    parameters = t.call("train", x, y, 0)["parameters"]
    p = [float(t.call("predict", parameters, x[:1])[0, int(y[0])]) for _ in range(10)]
    t.curves("Probability of the right class", {"patch 0": p}, x_label="prediction", y_label="probability")


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    t.matrix("Features", [x.mean(axis=0), x.std(axis=0)], rows=["mean", "std"])
    t.bars("Share of each class", {f"class {k}": float((y == k).mean()) for k in range(3)})


def probe_losses(t):
    t.curves("Training loss", {"training": t.call("train", *t.call("make_data", 0), 0)["losses"]})


def probe_mode(t):
    modes = t.call("modes", t.call("train", *t.call("make_data", 0), 0, 1)["parameters"])
    t.log("training?", "\n".join(f"{name}: {mode}" for name, mode in modes.items()))


def example_predictions_repeat(t):
    """Two predictions of one model on the script's own data are the same."""
    x, y = t.call("make_data", 2)
    parameters = t.call("train", x, y, 2)["parameters"]
    one, two = (np.asarray(t.call("predict", parameters, x)) for _ in range(2))
    t.check(np.array_equal(one, two), f"two predictions differ by up to {np.abs(one - two).max():.3f}")


def test_predictions_are_those_of_the_whole_network(t):
    """Predictions are those of the network with all its hidden units."""
    for seed in (0, 1):
        x, y = patches(t.rng, 300)
        parameters = t.call("train", x, y, seed, 5)["parameters"]
        p = np.asarray(t.call("predict", parameters, x))
        worst = np.abs(p - expected(parameters, x)).max()
        t.check(worst < 1e-4, f"a probability differs by {worst:.3f} from that of the whole network")


def test_training_drops_half_of_the_units(t):
    """In training mode a unit is dropped in about half of all passes, and what is kept is doubled."""
    x, y = patches(t.rng, 60)
    got = t.call("train", x, y, 3, 2)["parameters"]
    eye = np.zeros((3, 24), dtype=np.float32)
    eye[0] = 1.0
    parameters = {
        "hidden.weight": np.zeros((24, 16), dtype=np.float32),
        "hidden.bias": np.ones(24, dtype=np.float32),
        "output.weight": eye,
        "output.bias": np.zeros(3, dtype=np.float32),
    }
    t.check(set(got) == set(parameters), "the parameters have other names than before")
    x = np.zeros((400, 16), dtype=np.float32)
    sums = np.asarray(t.call("training_outputs", parameters, x, 5))[:, 0]
    t.check(abs(sums.mean() - 24) < 2, f"the mean over many passes is {sums.mean():.1f}; wanted about 24")
    t.check(abs(sums.std() - np.sqrt(24)) < 1.5, f"the spread over passes is {sums.std():.1f}; wanted about 4.9")
    other = np.asarray(t.call("training_outputs", parameters, x, 6))[:, 0]
    t.check(not np.array_equal(sums, other), "two seeds drop the same units")


def test_training_uses_dropout(t):
    """The training loss is that of networks with dropped units: above that of the whole network."""
    x, y = patches(t.rng, 300)
    got = t.call("train", x, y, 1, 25)
    p = expected(got["parameters"], x)
    own = float(-np.log(np.clip(p[np.arange(300), y], 1e-12, None)).mean())
    t.check(got["losses"][-1] > own * 1.1, "the training loss is as low as that of the whole network")


def test_it_learns(t):
    """New patches are judged rightly, for several seeds."""
    for seed in (0, 1):
        x, y = patches(t.rng, 700)
        got = t.call("train", x[:300], y[:300], seed)
        right = (np.asarray(t.call("predict", got["parameters"], x[300:])).argmax(axis=1) == y[300:]).mean()
        t.check(right > 0.88, f"{right:.2f} of new patches are judged rightly")
