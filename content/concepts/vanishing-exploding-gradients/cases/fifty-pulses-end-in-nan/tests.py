"""What the script does is measured on pulses that are made here."""

import numpy as np


def pulses(rng, n, length=50):
    x = np.stack([rng.uniform(0, 1, (n, length)), rng.uniform(0, 1, (n, length)) > 0.7], axis=2)
    return x.astype(np.float32), ((x[:, :, 0] * x[:, :, 1]).sum(axis=1) / 2).astype(np.float32)


def change(got):
    pairs = [(np.asarray(got["before"][k]), np.asarray(got["after"][k])) for k in got["before"]]
    return float(np.sqrt(sum(((b - a).astype(np.float64) ** 2).sum() for a, b in pairs)))


def symptom_nan(t):
    """The loss of each epoch, for three seeds."""
    lines = {
        f"seed {s}": t.call("train", *t.call("make_data", s), t.call("make_data", 9)[0], s)["losses"] for s in range(3)
    }
    t.curves("Training loss", lines, log_y=True)
    text = "\n".join(f"{k}: " + " ".join(f"{v:.3g}" for v in line) for k, line in lines.items())
    t.log("Log", text)
    t.check(all(not np.isfinite(line[-1]) or line[-1] > 1e4 for line in lines.values()), "the losses stay finite")


def probe_norms(t):
    x, y = t.call("make_data", 0)
    t.curves("Logged norms", {"norm": t.call("train", x, y, x, 0, 4)["norms"]}, x_label="step", y_label="norm")


def probe_gradient_norms(t):
    x, y = map(np.asarray, t.call("make_data", 0))
    lengths = (5, 10, 20, 30, 40, 50)
    norms = {f"{n} pulses": t.call("gradient_norm", x[:, :n], y, 0) for n in lengths}
    t.bars("Gradient norm at the start", norms, log_y=True)


def probe_inputs(t):
    x, y = map(np.asarray, t.call("make_data", 0))
    rows = [[v.mean(), v.std(), v.min(), v.max(), (~np.isfinite(v)).sum()] for v in (x[:, :, 0], x[:, :, 1], y)]
    t.matrix("Data", rows, rows=["pulses", "weights", "targets"], columns=["mean", "std", "min", "max", "not finite"])


def probe_weights(t):
    x, y = t.call("make_data", 0)
    values = {}
    for epochs in (0, 1):
        w = np.asarray(t.call("train", x, y, x, 0, epochs)["after"]["rnn.weight_hh_l0"], dtype=np.float64)
        if np.isfinite(w).all():
            values[f"after {epochs} epochs"] = float(np.linalg.norm(w, 2))
    t.bars("Largest singular value of the recurrent matrix", values)


def example_the_loss_stays_finite(t):
    """On the script's own data the loss stays finite."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(np.isfinite(losses).all() and losses[-1] < losses[0], f"the losses are {np.round(losses, 3).tolist()}")


def test_finite_and_learning(t):
    """For several seeds all is finite and the loss comes down to the scale of the targets' variance."""
    for seed in (0, 1, 2):
        x, y = pulses(t.rng, 192)
        got = t.call("train", x, y, x[:50], seed, 15)
        t.check(np.isfinite(got["losses"]).all() and np.isfinite(got["predictions"]).all(), "something is not finite")
        last = float(np.mean(got["losses"][-3:]))
        t.check(last < 2.5 * y.var(), f"the loss ends at {last:.2f}; the variance is {y.var():.2f}")


def test_a_step_is_limited(t):
    """No step is longer than the learning rate times the limit, and long gradients are cut to it exactly."""
    x, y = pulses(t.rng, 32)
    for max_norm in (1.0, 0.25):
        got = t.call("train", x, y, x, 4, 1, 0.02, max_norm)
        t.check(got["norms"][0] > 2, "the norm of the first gradient is not that before clipping")
        moved = change(got)
        t.check(abs(moved - 0.02 * max_norm) < 2e-3 * max_norm, f"the first step has the length {moved:.4g}")


def test_short_gradients_are_left_alone(t):
    """With a high limit the step is the gradient times the rate."""
    x, y = pulses(t.rng, 32, length=6)
    got = t.call("train", x, y, x, 5, 1, 1e-3, 1e6)
    t.check(abs(change(got) / (1e-3 * got["norms"][0]) - 1) < 0.05, "the step is not the rate times the gradient")


def test_the_norms_are_logged_before_clipping(t):
    """One norm for each step, and the first is that of the gradient at the start."""
    x, y = pulses(t.rng, 64)
    got = t.call("train", x[:32], y[:32], x, 6, 1)
    want = t.call("gradient_norm", x[:32], y[:32], 6)
    t.check(abs(got["norms"][0] / want - 1) < 1e-2, f"logs {got['norms'][0]:.3g}, the gradient's norm is {want:.3g}")
    t.check(len(t.call("train", x, y, x, 6, 3)["norms"]) == 6, "there is not one norm for each step")
