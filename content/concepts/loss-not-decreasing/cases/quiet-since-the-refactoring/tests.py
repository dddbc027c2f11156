"""What the script does is measured on customers that are made here."""

import numpy as np


def customers(rng, n):
    x = rng.normal(size=(n, 7))
    w = 2.0 * rng.choice([-1, 1], size=7)
    return x.astype(np.float32), (x @ w + 0.2 * rng.normal(size=n) > 0).astype(np.float32)


def symptom_constant(t):
    """The loss after each epoch."""
    x, y = t.call("make_data", 0)
    losses = t.call("train", x, y, x, 0)["losses"]
    t.curves("Training loss", {"training": losses})
    t.log("Log", "\n".join(f"epoch {n + 1:2d}  lr 0.1  loss {v:.6f}" for n, v in enumerate(losses[:6])))
    t.check(np.ptp(losses) < 1e-7, "the loss changes")


def probe_gradient_norms(t):
    t.bars("Gradient norm", t.call("look_at_one_step", *t.call("make_data", 0))["norms"])


def probe_parameter_change(t):
    t.bars("Largest change in one step", t.call("look_at_one_step", *t.call("make_data", 0))["change"])


def probe_optimizer(t):
    t.log("The optimizer's parameters", "\n".join(t.call("look_at_one_step", *t.call("make_data", 0))["held"]))


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    t.matrix("Features", [x.mean(axis=0), x.std(axis=0)], rows=["mean", "std"])
    t.bars("Share", {"renewed": float(y.mean()), "left": float(1 - y.mean())})


def example_the_loss_falls(t):
    """The loss on the script's own data falls below 0.4."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.4, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_customers(t):
    """New customers are judged rightly, for several seeds."""
    for seed in (0, 1, 2):
        x, y = customers(t.rng, 800)
        got = t.call("train", x[:400], y[:400], x[400:], seed)
        right = ((np.asarray(got["probabilities"]) > 0.5) == (y[400:] > 0.5)).mean()
        t.check(right > 0.85, f"{right:.2f} of new customers are judged rightly")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities, once for each epoch."""
    x, y = customers(t.rng, 200)
    got = t.call("train", x, y, x, 5, 6)
    p = np.asarray(got["probabilities"], dtype=np.float64)
    own = -np.mean(y * np.log(np.clip(p, 1e-12, None)) + (1 - y) * np.log(np.clip(1 - p, 1e-12, None)))
    t.check(len(got["losses"]) == 6, "there is not one loss for each epoch")
    t.check(abs(got["losses"][-1] - own) < 2e-3, f"reports {got['losses'][-1]:.4f}, it is {own:.4f}")


def test_momentum_and_rate(t):
    """Three steps on equal rows move the prediction as far as SGD with momentum 0.9 does."""
    x = np.repeat(t.rng.normal(size=(1, 7)), 64, axis=0).astype(np.float32)
    y = np.ones(64, dtype=np.float32)
    logit = []
    for epochs, lr in [(1, 0.0), (1, 1e-4), (2, 1e-4), (3, 1e-4)]:
        p = float(np.asarray(t.call("train", x, y, x[:1], 8, epochs, lr)["probabilities"], dtype=np.float64)[0])
        logit.append(np.log(p / (1 - p)))
    first, second, third = np.diff(logit)
    t.check(first > 0, "a step does not raise the probability of what is always observed")
    t.check(abs(second / first - 1.9) < 0.1, "the second step is not 1.9 times the first, as with momentum 0.9")
    t.check(abs(third / first - 2.71) < 0.15, "the third step is not 2.71 times the first, as with momentum 0.9")


def test_both_layers_learn(t):
    """A rule that no line on random features follows is learned."""
    x = t.rng.choice([-1.0, 1.0], size=(320, 7)) + 0.1 * t.rng.normal(size=(320, 7))
    y = (x[:, 0] * x[:, 1] > 0).astype(np.float32)
    losses = t.call("train", x.astype(np.float32), y, x[:5].astype(np.float32), 1, 80)["losses"]
    t.check(losses[-1] < 0.2, f"the loss on a rule of two features ends at {losses[-1]:.3f}")


def test_seeds_matter_and_repeat(t):
    """The same seed gives the same result, another one another."""
    x, y = customers(t.rng, 150)
    a, b, c = (np.asarray(t.call("train", x, y, x, seed, 3)["probabilities"]) for seed in (1, 1, 2))
    t.check(np.array_equal(a, b) and not np.array_equal(a, c), "the seed does not decide the result")
