"""What the script does is measured on tickets that are made here."""

import numpy as np

QUEUES = ("billing", "login", "outage", "other")


def tickets(rng, n):
    centres = 1.2 * rng.normal(size=(4, 12))
    y = rng.permutation(np.arange(n) % 4)
    return centres[y] + 0.6 * rng.normal(size=(n, 12)), y


def cross_entropy(probabilities, y):
    return float(-np.log(np.clip(np.asarray(probabilities)[np.arange(len(y)), y], 1e-12, None)).mean())


def symptom_at_chance(t):
    """The loss after each epoch, beside log 4."""
    x, y = t.call("make_data", 0)
    losses = t.call("train", x, y, x, 0)["losses"]
    t.curves("Training loss", {"training": losses, "log 4": [np.log(4)] * len(losses)})
    t.check(min(losses) > 1.2, "the loss falls")


def probe_gradient_norms(t):
    x, y = t.call("make_data", 0)
    t.bars("Gradient norm at the start", t.call("gradient_norms", x, y, 0), y_label="norm")


def probe_predictions(t):
    x, y = t.call("make_data", 0)
    t.matrix("Probabilities", t.call("train", x, y, x[:6], 0)["probabilities"], row_label="ticket", columns=QUEUES)
    t.bars("Frequency in the data", {q: float((y == n).mean()) for n, q in enumerate(QUEUES)})


def probe_one_batch(t):
    x, y = t.call("make_data", 0)
    t.curves("Loss on one fixed batch", {"training": t.call("one_batch_losses", x, y, 0)}, x_label="step")


def probe_batch(t):
    x, y = t.call("make_data", 0)
    x_batch, y_batch = t.call("first_batch", x, y, 0)
    rows = [int(np.abs(x - row).sum(axis=1).argmin()) for row in x_batch[:8]]
    table = np.column_stack([rows, y[rows], y_batch[:8]])
    t.matrix("First tickets of a batch", table, columns=["row in the table", "label there", "label in the batch"])


def example_the_loss_falls(t):
    """The loss on the script's own data falls below a half."""
    x, y = t.call("make_data", 3)
    losses = t.call("train", x, y, x, 3)["losses"]
    t.check(losses[-1] < 0.5, f"the loss ends at {losses[-1]:.3f}")


def test_it_learns_new_tickets(t):
    """New tickets are sorted rightly, for several seeds."""
    for seed in (0, 1, 2):
        x, y = tickets(t.rng, 600)
        got = t.call("train", x[:256], y[:256], x[256:], seed)
        right = (np.asarray(got["probabilities"]).argmax(axis=1) == y[256:]).mean()
        t.check(right > 0.85, f"{right:.2f} of new tickets are sorted rightly")


def test_pairs_stay_together(t):
    """In the batches of an epoch each ticket occurs once, with its own label."""
    x, y = tickets(t.rng, 100)
    firsts = set()
    for seed, size in [(1, 32), (2, 7), (3, 100), (4, 7)]:
        batches = t.call("epoch_batches", x, y, size, seed)
        t.check(all(len(a) == len(b) <= size for a, b in batches), "inputs and labels of a batch differ in length")
        rows = np.concatenate([np.asarray(a) for a, _ in batches])
        labels = np.concatenate([np.asarray(b) for _, b in batches])
        t.check(rows.shape == x.shape, "the batches do not hold each ticket once")
        where = np.abs(rows[:, None] - x[None]).sum(axis=2).argmin(axis=1)
        t.check(sorted(where) == list(range(100)), "the batches do not hold each ticket once")
        t.check((labels == y[where]).all(), "a ticket has the label of another one")
        firsts.add(tuple(where[:7]))
    t.check(len(firsts) == 4 and tuple(range(7)) not in firsts, "the composition of the batches is not drawn anew")


def test_the_loss_is_the_cross_entropy(t):
    """The reported loss is that of the returned probabilities, once for each epoch."""
    x, y = tickets(t.rng, 200)
    got = t.call("train", x, y, x, 5, 7)
    t.check(len(got["losses"]) == 7, "there is not one loss for each epoch")
    t.close(float(got["losses"][-1]), cross_entropy(got["probabilities"], y), rtol=1e-6, what="last loss")
