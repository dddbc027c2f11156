"""What the script does is measured on applications that are made here."""

import numpy as np

COLUMNS = ("income", "age", "amount", "years in job", "opened")


def applications(rng, n):
    z = rng.normal(size=(n, 5))
    centre = np.array([48_000, 43, 30_000, 9, 20_150_000]) * rng.uniform(0.9, 1.1, size=5)
    y = (1.5 * z[:, 0] - 1.5 * z[:, 2] + z[:, 4] + 0.2 * rng.normal(size=n) > 0).astype(float)
    return centre + z * np.array([12_000, 10, 7_000, 3, 50_000]), y


def symptom_at_log_two(t):
    """The loss after each epoch for three learning rates."""
    x, y = t.call("make_data", 0)
    lines = {f"rate {lr}": t.call("train", x, y, x, 0, 40, lr)["losses"] for lr in (0.1, 0.01, 0.001)}
    t.curves("Training loss", {**lines, "log 2": [np.log(2)] * 40})
    t.check(min(map(min, lines.values())) > 0.55, "a loss falls")


def probe_gradient_norms(t):
    t.bars("Gradient norm at the start", t.call("look", *t.call("make_data", 0))["norms"], y_label="norm")


def probe_activations(t):
    h = t.call("look", *t.call("make_data", 0))["activations"]
    counts, edges = np.histogram(h, bins=10, range=(-1, 1))
    t.bars("Hidden activations", {f"from {a:.1f}": float(c) for a, c in zip(edges, counts, strict=False)})


def probe_inputs(t):
    x, _ = t.call("make_data", 0)
    rows = [x.mean(axis=0), x.std(axis=0), x.min(axis=0), x.max(axis=0)]
    t.matrix("Columns", rows, rows=["mean", "std", "lowest", "highest"], columns=COLUMNS)


def probe_rates(t):
    x, y = t.call("make_data", 0)
    rates = (0.5, 0.1, 0.01, 0.001, 0.0001)
    t.bars("Last loss", {f"rate {lr}": t.call("train", x, y, x, 0, 40, lr)["losses"][-1] for lr in rates})


def example_the_loss_falls(t):
    """The loss on the script's own data falls below 0.4."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.4, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_applications(t):
    """New applications are judged rightly, for several seeds."""
    for seed in (0, 1, 2):
        x, y = applications(t.rng, 800)
        got = t.call("train", x[:400], y[:400], x[400:], seed)
        right = ((np.asarray(got["probabilities"]) > 0.5) == (y[400:] > 0.5)).mean()
        t.check(right > 0.86, f"{right:.2f} of new applications are judged rightly")


def test_rows_are_judged_one_by_one(t):
    """A row's probability does not depend on the other new rows."""
    x, y = applications(t.rng, 330)
    strange = 5 * x[320:]
    all_new = np.vstack([x[300:310], strange])
    alone = np.asarray(t.call("train", x[:300], y[:300], x[300:310], 4, 5)["probabilities"])
    beside = np.asarray(t.call("train", x[:300], y[:300], all_new, 4, 5)["probabilities"])[:10]
    one = np.asarray(t.call("train", x[:300], y[:300], x[300:301], 4, 5)["probabilities"])
    t.check(np.allclose(alone, beside, atol=1e-9), "strange rows change the probabilities of the others")
    t.check(np.allclose(one, alone[:1], atol=1e-9), "a row alone has another probability than among others")


def test_units_do_not_matter(t):
    """In cents, months or tens of thousands the result is about as good."""
    x, y = applications(t.rng, 800)
    for units in ([100, 12, 100, 12, 1], [1e-4, 0.1, 1e-4, 1, 1e-2]):
        got = t.call("train", x[:400] * units, y[:400], x[400:] * units, 1)
        right = ((np.asarray(got["probabilities"]) > 0.5) == (y[400:] > 0.5)).mean()
        t.check(right > 0.85, f"in other units {right:.2f} are judged rightly")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities."""
    x, y = applications(t.rng, 200)
    got = t.call("train", x, y, x, 5, 6)
    p = np.asarray(got["probabilities"])
    own = -np.mean(y * np.log(np.clip(p, 1e-12, None)) + (1 - y) * np.log(np.clip(1 - p, 1e-12, None)))
    t.check(len(got["losses"]) == 6, "there is not one loss for each epoch")
    t.check(abs(got["losses"][-1] - own) < 1e-6, f"reports {got['losses'][-1]:.4f}, it is {own:.4f}")
