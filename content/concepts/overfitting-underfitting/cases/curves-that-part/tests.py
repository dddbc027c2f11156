"""The stopping rule is followed on the returned losses, on batches that are made here."""

import numpy as np


def batches(rng, n):
    x = rng.normal(size=(n, 8))
    w = rng.choice([-1.0, 1.0], size=8) * np.array([0.8, 0.6, 0.4, 0, 0, 0, 0, 0])
    return x, x @ w + 0.7 * rng.normal(size=n)


def script_data(t, seed):
    (x, y), (x_val, y_val) = t.call("make_data", seed, 40), t.call("make_data", seed + 1000, 60)
    return x, y, x_val, y_val


def own_error(got, y):
    return float(np.mean((np.asarray(got["predictions"]) - y) ** 2))


def symptom_the_curves_part(t):
    """Both losses after each epoch."""
    data = script_data(t, 0)
    got = t.call("train", *data, data[2], 0)
    t.curves("Losses", {"training": got["train_losses"], "validation": got["val_losses"]})
    lowest = min(got["val_losses"])
    error = own_error(got, data[3])
    t.log("Log", f"lowest validation loss {lowest:.3f}; the parameters that are returned have {error:.3f}")
    t.check(got["train_losses"][-1] < 0.1 and error > 1.3 * lowest, "the best parameters are returned")


def probe_curves_long(t):
    data = script_data(t, 0)
    got = t.call("train", *data, data[2], 0, 1000)
    t.curves("Losses", {"training": got["train_losses"], "validation": got["val_losses"]}, log_y=True)


def probe_weights(t):
    x, y, _, _ = script_data(t, 0)
    epochs = (1, 20, 50, 100, 200, 400)
    t.bars("Norm of all weights", {f"{n} epochs": t.call("weight_norm", x, y, 0, n) for n in epochs})


def probe_forecasts(t):
    x, y, x_val, y_val = script_data(t, 0)
    got = np.asarray(t.call("train", x, y, x_val, y_val, np.vstack([x[:6], x_val[:6]]), 0)["predictions"])
    rows = [f"training {n}" for n in range(6)] + [f"new {n}" for n in range(6)]
    t.matrix("Forecasts", np.column_stack([np.append(y[:6], y_val[:6]), got]), rows=rows, columns=["yield", "forecast"])


def probe_stopping(t):
    data = script_data(t, 0)
    got = t.call("train", *data, data[2], 0)
    lines = [
        f"epochs run: {len(got['val_losses'])}",
        f"best epoch by the script's count: {got['best_epoch']}",
        f"lowest training loss in epoch {int(np.argmin(got['train_losses']))}",
        f"lowest validation loss in epoch {int(np.argmin(got['val_losses']))}",
    ]
    t.log("Early stopping", "\n".join(lines))


def example_the_best_epoch(t):
    """On the script's own data, the best epoch is where the validation loss is lowest."""
    data = script_data(t, 3)
    got = t.call("train", *data, data[2], 3)
    lowest = int(np.argmin(got["val_losses"]))
    t.check(got["best_epoch"] == lowest, f"reports epoch {got['best_epoch']}, the lowest is epoch {lowest}")


def follow_the_rule(t, got, max_epochs, patience):
    losses, best, seen = got["val_losses"], 0, np.inf
    t.check(len(losses) == len(got["train_losses"]), "there are more losses of one kind than of the other")
    for epoch, value in enumerate(losses):
        if value < seen:
            best, seen = epoch, value
        last = epoch + 1 == len(losses)
        t.check(last or epoch - best <= patience, f"patience ran out in epoch {epoch}, training went on")
    t.check(got["best_epoch"] == best, f"reports epoch {got['best_epoch']} as the best, it is {best}")
    if len(losses) < max_epochs:
        t.check(
            len(losses) - 1 - best in (patience, patience + 1),
            f"stopped {len(losses) - 1 - best} epochs after the best",
        )


def test_the_rule_is_followed(t):
    """Best epoch and end of training follow the validation loss, for several patiences and seeds."""
    for seed, patience in [(0, 30), (1, 5), (2, 12)]:
        (x, y), (x_val, y_val) = batches(t.rng, 40), batches(t.rng, 60)
        got = t.call("train", x, y, x_val, y_val, x_val, seed, 400, patience)
        t.check(len(got["val_losses"]) < 400, "early stopping has not triggered")
        follow_the_rule(t, got, 400, patience)


def test_max_epochs_ends_training(t):
    """Training ends after the given number of epochs in any case."""
    (x, y), (x_val, y_val) = batches(t.rng, 40), batches(t.rng, 60)
    got = t.call("train", x, y, x_val, y_val, x_val, 0, 9, 50)
    t.check(len(got["val_losses"]) == 9, f"trained for {len(got['val_losses'])} epochs; wanted 9")
    follow_the_rule(t, got, 9, 50)


def test_the_best_parameters_are_used(t):
    """The forecasts are those of the best epoch: their error is its validation loss."""
    for seed in (0, 1):
        (x, y), (x_val, y_val) = batches(t.rng, 40), batches(t.rng, 60)
        got = t.call("train", x, y, x_val, y_val, x_val, seed, 300, 25)
        own = own_error(got, y_val)
        t.check(abs(own - got["val_losses"][got["best_epoch"]]) < 1e-9, "the forecasts are those of another epoch")
        own = own_error(t.call("train", x, y, x_val, y_val, x, seed, 300, 25), y)
        t.check(abs(own - got["train_losses"][got["best_epoch"]]) < 1e-9, "the training loss is that of another epoch")


def test_the_curves_are_those_of_the_same_training(t):
    """The losses before the end do not depend on patience: training itself is unchanged."""
    x, y = batches(t.rng, 40)
    x_val, y_val = batches(t.rng, 60)
    long, short = (t.call("train", x, y, x_val, y_val, x, 2, 300, p) for p in (60, 4))
    n = len(short["val_losses"])
    t.check(np.allclose(long["val_losses"][:n], short["val_losses"]), "patience changes the losses before the end")
    one = t.call("train", x, y, x_val, y_val, x, 2, 300, 400)["train_losses"]
    t.check(one[-1] < 0.15, "with endless patience, the training loss no longer goes down to the noise")


def test_training_does_not_see_the_validation_rows(t):
    """Other validation rows do not change the training losses."""
    x, y = batches(t.rng, 40)
    one, two = (t.call("train", x, y, *batches(t.rng, 30), x, 2, 20, 30)["train_losses"] for _ in range(2))
    t.check(np.allclose(one, two), "the validation rows change the training losses")
