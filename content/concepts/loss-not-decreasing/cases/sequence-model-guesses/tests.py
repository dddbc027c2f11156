"""What the script does is measured on parcels that are made here."""

import numpy as np


def parcels(rng, n, length=10):
    y = rng.permutation(np.arange(n) % 2)
    x = 0.5 * rng.normal(size=(n, length, 3))
    x[:, 1:4, 1] += np.where(y == 1, 1.1, -1.1)[:, None]
    return x.astype(np.float32), y.astype(np.float32)


def symptom_guesses(t):
    """The loss after each epoch."""
    x, y = t.call("make_data", 0)
    losses = t.call("train", x, y, x, 0)["losses"]
    t.curves("Training loss", {"training": losses, "log 2": [np.log(2)] * len(losses)})
    t.check(min(losses) > 0.6, "the loss falls")


def probe_gradient_norms(t):
    t.bars("Gradient norm at the start", t.call("gradient_norms", *t.call("make_data", 0)))


def probe_inputs(t):
    x, y = t.call("make_data", 0)
    lines = {name: x[y == k, :, 0].mean(axis=0) for k, name in ((1, "fragile"), (0, "other"))}
    t.curves("First channel, mean", lines, x_label="time", y_label="value")


def probe_sensitivity(t):
    x, _ = t.call("make_data", 0)
    change = t.call("sensitivity", x[:8], 5)
    t.matrix("Effect on the output of parcel 5", change, row_label="parcel", column_label="time")


def probe_bigger(t):
    x, y = t.call("make_data", 0)
    t.curves("Training loss", {"training": t.call("train", x, y, x, 0, 45)["losses"]})


def example_the_loss_falls(t):
    """The loss on the script's own data falls below 0.3."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.3, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_parcels(t):
    """New parcels are told apart, for several seeds."""
    for seed in (0, 1):
        x, y = parcels(t.rng, 500)
        got = t.call("train", x[:256], y[:256], x[256:], seed)
        right = ((np.asarray(got["probabilities"]) > 0.5) == (y[256:] > 0.5)).mean()
        t.check(right > 0.88, f"{right:.2f} of new parcels are judged rightly")


def test_parcels_are_judged_one_by_one(t):
    """A parcel's probability does not depend on the other parcels or their order."""
    x, y = parcels(t.rng, 160)
    other = x[100:120].copy()
    other[3:] = t.rng.normal(size=(17, 10, 3))
    got = [np.asarray(t.call("train", x[:100], y[:100], new, 4, 4)["probabilities"]) for new in (x[100:120], other)]
    t.check(np.abs(got[0][:3] - got[1][:3]).max() < 1e-5, "other parcels change the probabilities of the first three")
    flipped = np.asarray(t.call("train", x[:100], y[:100], x[100:120][::-1].copy(), 4, 4)["probabilities"])
    t.check(np.abs(flipped[::-1] - got[0]).max() < 1e-5, "the order of the parcels changes their probabilities")


def test_longer_sequences(t):
    """Sequences of other lengths are read, and the order of time counts."""
    x, y = parcels(t.rng, 300, length=13)
    backwards = x[200:, ::-1].copy()
    got = t.call("train", x[:200], y[:200], x[200:], 2)
    right = ((np.asarray(got["probabilities"]) > 0.5) == (y[200:] > 0.5)).mean()
    t.check(right > 0.8, f"of sequences of length 13, {right:.2f} are judged rightly")
    turned = np.asarray(t.call("train", x[:200], y[:200], backwards, 2)["probabilities"])
    t.check(np.abs(turned - np.asarray(got["probabilities"])).max() > 0.02, "the order of time makes no difference")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities."""
    x, y = parcels(t.rng, 120)
    got = t.call("train", x, y, x, 5, 3)
    p = np.asarray(got["probabilities"], dtype=np.float64)
    own = -np.mean(y * np.log(np.clip(p, 1e-12, None)) + (1 - y) * np.log(np.clip(1 - p, 1e-12, None)))
    t.check(len(got["losses"]) == 3, "there is not one loss for each epoch")
    t.check(abs(got["losses"][-1] - own) < 2e-3, f"reports {got['losses'][-1]:.4f}, it is {own:.4f}")
