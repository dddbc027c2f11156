"""What the script does is measured on buildings that are made here."""

import numpy as np


def buildings(rng, n):
    x = rng.normal(size=(n, 6))
    weights = np.array([1.0, -1.0, 0.6, 0.4, 0.0, 0.3]) * rng.choice([-1, 1], size=6)
    y = x @ weights + 0.1 * rng.normal(size=n)
    return x.astype(np.float32), y.astype(np.float32)


def symptom_swings(t):
    """The loss after each epoch."""
    x, y = t.call("make_data", 0)
    losses = np.array(t.call("train", x, y, x, 0)["losses"])
    t.curves("Training loss", {"training": losses})
    ups = int((np.diff(losses) > 0).sum())
    t.log("Log", f"lowest {losses.min():.3f}, last {losses[-1]:.3f}, highest {losses.max():.3f}; rose in {ups} epochs")
    t.check(ups >= 8 and losses.max() > 2 * losses[0] and losses[-10:].max() > 1, "the loss settles")


def probe_gradient_norms(t):
    x, y = t.call("make_data", 0)
    t.curves("Gradient norm", {"norm": t.call("gradient_norms", x, y, 0)}, x_label="step", y_label="norm")


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    both = np.column_stack([x, y])
    names = [f"f{n}" for n in range(1, 7)] + ["target"]
    t.matrix("Features and target", [both.mean(axis=0), both.std(axis=0)], rows=["mean", "std"], columns=names)


def probe_small_rate(t):
    x, y = t.call("make_data", 0)
    t.curves("Training loss, rate 0.005", {"training": t.call("train", x, y, x, 0, 80, 0.005)["losses"]})


def probe_predictions(t):
    x, y = t.call("make_data", 0)
    got = t.call("train", x, y, x, 0)["predictions"]
    t.matrix("Ten buildings", np.column_stack([y[:10], got[:10]]), columns=["target", "prediction"])


def example_the_loss_settles(t):
    """On the script's own data the loss ends below 0.3."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.3, f"the loss ends at {losses[-1]:.3f}")


def test_it_predicts_new_buildings(t):
    """New buildings are predicted, for several seeds."""
    for seed in (0, 1, 2):
        x, y = buildings(t.rng, 500)
        got = t.call("train", x[:256], y[:256], x[256:], seed)
        error = np.mean((np.asarray(got["predictions"]) - y[256:]) ** 2) / y.var()
        t.check(error < 0.15, f"{error:.2f} of the variance of new buildings is not explained")


def test_full_batches_go_down_and_only_down(t):
    """With the whole set as a batch, gradient descent at a modest rate never rises."""
    for lr, epochs in [(0.02, 120), (0.05, 80)]:
        x, y = buildings(t.rng, 128)
        losses = np.array(t.call("train", x, y, x, 4, epochs, lr, 128)["losses"])
        t.check(len(losses) == epochs, "there is not one loss for each epoch")
        t.check((np.diff(losses) < 1e-4).all(), f"at the rate {lr} the loss rises from one epoch to the next")
        t.check(losses[-1] < 0.4 * losses[0], f"at the rate {lr} the loss only gets to {losses[-1]:.3f}")


def test_the_loss_is_the_squared_error(t):
    """The reported loss is that of the returned predictions."""
    x, y = buildings(t.rng, 200)
    got = t.call("train", x, y, x, 5, 6)
    own = float(np.mean((np.asarray(got["predictions"], dtype=np.float64) - y) ** 2))
    t.check(abs(got["losses"][-1] - own) < 1e-3 * (1 + own), f"reports {got['losses'][-1]:.4f}, it is {own:.4f}")


def test_several_batches_in_an_epoch(t):
    """With equal rows, one epoch of four batches is the same as four epochs of one batch."""
    x = np.repeat(t.rng.normal(size=(1, 6)), 64, axis=0).astype(np.float32)
    y = np.full(64, 2.0, dtype=np.float32)
    four = np.asarray(t.call("train", x, y, x, 7, 1, 0.02, 16)["predictions"])
    one = np.asarray(t.call("train", x, y, x, 7, 4, 0.02, 64)["predictions"])
    t.check(np.abs(four - one).max() < 1e-3, "within an epoch, a batch changes the steps after it")


def test_the_rate_is_used(t):
    """The first steps are proportional to the learning rate."""
    x, y = buildings(t.rng, 64)
    zero, one, two = (np.asarray(t.call("train", x, y, x, 6, 1, lr, 64)["predictions"]) for lr in (0.0, 1e-3, 2e-3))
    step, double = one - zero, two - zero
    t.check(np.abs(step).max() > 1e-5, "a step does not change the predictions")
    t.check(np.abs(double - 2 * step).max() < 0.05 * np.abs(step).max(), "twice the rate is not twice the first step")
