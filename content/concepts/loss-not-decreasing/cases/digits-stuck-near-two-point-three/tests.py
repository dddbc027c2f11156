"""What the script does is measured on images that are made here."""

import numpy as np


def images(rng, n, noise=0.7):
    templates = rng.normal(size=(10, 64))
    y = rng.permutation(np.arange(n) % 10)
    return (templates[y] + noise * rng.normal(size=(n, 64))).astype(np.float32), y


def cross_entropy(probabilities, y):
    p = np.asarray(probabilities, dtype=np.float64)
    return float(-np.log(np.clip(p[np.arange(len(y)), y], 1e-12, None)).mean())


def symptom_stuck(t):
    """The loss after each epoch, and the surest prediction."""
    x, y = t.call("make_data", 0)
    got = t.call("train", x, y, x, 0)
    t.curves("Training loss", {"training": got["losses"], "log 10": [np.log(10)] * len(got["losses"])})
    largest = got["probabilities"].max(axis=1)
    t.log("Predictions", f"largest probability of any class in any image: {largest.max():.3f}")
    t.check(min(got["losses"]) > 1.45 and largest.max() < 0.25, "the loss falls, or a prediction is sure")


def probe_gradient_norms(t):
    x, y = t.call("make_data", 0)
    t.bars("Gradient norm at the start", t.call("gradient_norms", x, y, 0), y_label="norm")


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    t.matrix("Mean image of class 3", x[y == 3].mean(axis=0).reshape(8, 8))
    t.matrix("One image of class 3", x[y == 3][0].reshape(8, 8))


def probe_predictions(t):
    x, y = t.call("make_data", 0)
    largest = t.call("train", x, y, x, 0)["probabilities"].max(axis=1)
    t.bars("Largest probability", {f"image {n}": float(v) for n, v in enumerate(largest[:12])})


def probe_outputs(t):
    x, y = t.call("make_data", 0)
    out = t.call("raw_outputs", x, y, 0)[:5]
    t.matrix("Output of the model", out, row_label="image", column_label="class")
    t.bars("Sum of each row", {f"image {n}": float(v) for n, v in enumerate(out.sum(axis=1))})


def example_the_loss_falls(t):
    """The loss on the script's own data falls below a half."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.5, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_images(t):
    """New images are classified, and the predictions can be sure, for several seeds."""
    for seed in (0, 1):
        x, y = images(t.rng, 900)
        got = t.call("train", x[:500], y[:500], x[500:], seed)
        p = np.asarray(got["probabilities"])
        t.check((p.argmax(axis=1) == y[500:]).mean() > 0.9, "fewer than 90 % of new images are classified rightly")
        t.check(np.median(p.max(axis=1)) > 0.6, "the predictions are not sure of anything")
        t.check(cross_entropy(p, y[500:]) < 0.6, f"the cross-entropy on new images is {cross_entropy(p, y[500:]):.2f}")


def test_probabilities_are_probabilities(t):
    """Rows are non-negative and sum to 1."""
    x, y = images(t.rng, 300)
    p = np.asarray(t.call("train", x, y, x[:20], 1, 2)["probabilities"])
    t.check(p.shape == (20, 10), f"the probabilities have the shape {p.shape}; wanted (20, 10)")
    t.check((p >= 0).all() and np.allclose(p.sum(axis=1), 1, atol=1e-4), "the rows are not probabilities")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities."""
    for epochs in (1, 8):
        x, y = images(t.rng, 300)
        got = t.call("train", x, y, x, 2, epochs)
        t.check(len(got["losses"]) == epochs, "there is not one loss for each epoch")
        own = cross_entropy(got["probabilities"], y)
        t.check(abs(got["losses"][-1] - own) < 1e-2 * (1 + own), f"reports {got['losses'][-1]:.3f}, it is {own:.3f}")


def test_plain_sgd_at_the_given_rate(t):
    """A tiny learning rate leaves the loss near its start, a larger one does not."""
    x, y = images(t.rng, 300)
    slow = t.call("train", x, y, x, 2, 3, 1e-5)["losses"]
    t.check(abs(slow[-1] - slow[0]) < 0.01, "a tiny learning rate changes the loss much")
