"""What the script does is measured on readings that are made here."""

import numpy as np

STATES = ("idle", "running", "cavitating")


def readings(rng, n=256):
    centres = 2.0 * np.array([[1.0, 0, 0, 0.3], [0, 1.0, -0.3, 0], [-0.7, -0.7, 1.0, 0]])
    centres = centres + 0.2 * rng.normal(size=centres.shape)
    y = rng.permutation(np.arange(n) % 3)
    return centres[y] + 0.4 * rng.normal(size=(n, 4)), y


def cross_entropy(probabilities, y):
    return float(-np.log(np.clip(probabilities[np.arange(len(y)), y], 1e-12, None)).mean())


def symptom_flat_loss(t):
    """The loss after each epoch."""
    x, y = t.call("make_data", 0)
    losses = t.call("train", x, y, x, 0)["losses"]
    t.curves("Training loss", {"training": losses})
    t.log("Last lines of the log", "\n".join(f"epoch {n + 1:2d}  loss {v:.6f}" for n, v in enumerate(losses))[-200:])
    t.check(max(losses) - min(losses) < 1e-9, "the loss changes")


def probe_gradient_norms(t):
    x, y = t.call("make_data", 0)
    t.bars("Gradient norm at the start", t.call("gradient_norms", x, y, 0), y_label="norm")


def probe_parameter_change(t):
    x, y = t.call("make_data", 0)
    t.bars("Change in one epoch", t.call("parameter_change", x, y, 0), y_label="norm of the difference")


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    t.matrix("Features", [x.mean(axis=0), x.std(axis=0)], rows=["mean", "std"], columns=["f1", "f2", "f3", "f4"])
    t.bars("Readings of each state", {s: float((y == n).sum()) for n, s in enumerate(STATES)})


def probe_rate(t):
    rates = [t.call("learning_rate", step, 0.5, 400) for step in range(0, 320, 10)]
    t.curves("Learning rate", {"rate": rates}, x=range(0, 320, 10), x_label="step", y_label="learning rate")


def example_the_loss_falls(t):
    """The loss on the script's own data falls to less than a third."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < losses[0] / 3, f"the loss goes from {losses[0]:.3f} to {losses[-1]:.3f}")


def test_it_learns_new_readings(t):
    """With the default settings, new readings are classified, for several seeds."""
    for seed in (0, 1, 2):
        x, y = readings(t.rng, 512)
        got = t.call("train", x[:256], y[:256], x[256:], seed)
        right = (got["probabilities"].argmax(axis=1) == y[256:]).mean()
        t.check(got["losses"][-1] < 0.35, f"the loss ends at {got['losses'][-1]:.3f}")
        t.check(right > 0.9, f"{right:.2f} of new readings are classified rightly")


def test_the_loss_is_the_loss(t):
    """One loss for each epoch, and the last one is that of the returned probabilities."""
    x, y = readings(t.rng)
    got = t.call("train", x, y, x, 5, 25)
    t.check(len(got["losses"]) == 25, "there is not one loss for each epoch")
    own = cross_entropy(np.asarray(got["probabilities"]), y)
    t.close(float(got["losses"][-1]), own, rtol=1e-6, what="last loss")


def test_the_schedule_is_a_linear_warm_up(t):
    """The rate rises linearly to the base rate and stays there."""
    for base, warmup in [(0.5, 400), (0.02, 10), (3.0, 57)]:
        rates = np.array([float(t.call("learning_rate", step, base, warmup)) for step in range(0, 2 * warmup, 3)])
        ramp = base * np.minimum(1, (np.arange(0, 2 * warmup, 3) + 0.5) / warmup)
        t.check(np.abs(rates - ramp).max() < 0.6 * base / warmup, "the rate does not follow a linear ramp")
        t.check(np.allclose(rates[-3:], base), "the rate does not stay at the base rate")


def test_the_schedule_is_used(t):
    """During a long warm-up training is slow, without one it is fast."""
    x, y = readings(t.rng)
    fast = t.call("train", x, y, x, 1, 2, 32, 0.5, 1)["losses"]
    slow = t.call("train", x, y, x, 1, 2, 32, 0.5, 3000)["losses"]
    t.check(fast[-1] < slow[-1] - 0.15, "the warm-up has no effect on training")
