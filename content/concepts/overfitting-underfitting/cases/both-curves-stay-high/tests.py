"""The gradient is compared with the objective, on trips that are made here."""

import numpy as np


def trips(rng, n):
    x = rng.normal(size=(n, 10))
    w = rng.choice([-1.0, 1.0], size=10) * np.array([0.9, 0.7, 0.5, 0.3, 0, 0, 0, 0, 0, 0])
    return x, x @ w + 0.2 * rng.normal(size=n)


def random_params(rng, n_inputs, n_hidden):
    return {
        "w1": rng.normal(size=(n_inputs, n_hidden)),
        "b1": rng.normal(size=n_hidden),
        "w2": rng.normal(size=n_hidden),
        "b2": rng.normal(size=()),
    }


def own_objective(params, x, y, l2):
    out = np.tanh(x @ params["w1"] + params["b1"]) @ params["w2"] + params["b2"]
    return np.mean((out - y) ** 2) + l2 * ((params["w1"] ** 2).sum() + (params["w2"] ** 2).sum())


def numeric(t, params, x, y, l2):
    return {
        name: t.numeric_gradient(lambda v, name=name: own_objective({**params, name: v}, x, y, l2), params[name])
        for name in params
    }


def script_data(t, seed):
    return *t.call("make_data", seed), *t.call("make_data", seed + 1000)


def symptom_both_high(t):
    """Both losses after each epoch, and the variance of the targets."""
    data = script_data(t, 0)
    got = t.call("train", *data, data[2], 0)
    variance = float(data[1].var())
    lines = {"training": got["train_losses"], "validation": got["val_losses"]}
    t.curves("Mean squared error", {**lines, "variance of the targets": [variance] * 300})
    t.check(got["train_losses"][-1] > 0.8 * variance, "the training loss gets low")


def probe_weights(t):
    norms = t.call("weight_norms", *t.call("make_data", 0), 0)
    t.matrix("Norms", list(norms.values()), rows=list(norms), columns=["before", "after"])


def probe_without(t):
    data = script_data(t, 0)
    got = t.call("train", *data, data[2], 0, 300, 0.1, 0.0)
    t.curves("Mean squared error, l2 = 0", {"training": got["train_losses"], "validation": got["val_losses"]})


def probe_forecasts(t):
    data = script_data(t, 0)
    got = t.call("train", *data, data[2][:8], 0)["predictions"]
    t.matrix("Eight lorries", np.column_stack([data[3][:8], got]), columns=["consumption", "estimate"])


def probe_by_rows(t):
    last = {}
    for n in (20, 50, 150, 300, 600):
        x, y = t.call("make_data", 0, n)
        last[f"{n} rows"] = t.call("train", x, y, x, y, x, 0, 300)["train_losses"][-1] / float(y.var())
    t.bars("Last training loss over the variance of the targets", last)


def probe_gradient_check(t):
    x, y = trips(t.rng, 60)
    params = random_params(t.rng, 10, 5)
    got, want = t.call("gradients", params, x, y, 1e-2), numeric(t, params, x, y, 1e-2)
    rows = [[np.linalg.norm(got[k]), np.linalg.norm(want[k]), np.linalg.norm(got[k] - want[k])] for k in params]
    t.matrix("Gradient", rows, rows=list(params), columns=["coded", "numerical", "difference"])


def example_the_training_loss_gets_low(t):
    """On the script's own data, the training loss falls below a third of the targets' variance."""
    data = script_data(t, 3)
    last = t.call("train", *data, data[2], 3)["train_losses"][-1]
    t.check(last < 0.33 * data[1].var(), f"the training loss ends at {last:.3f}, the variance is {data[1].var():.3f}")


def test_the_gradient_is_that_of_the_objective(t):
    """The gradient agrees with finite differences, for several penalties and numbers of rows."""
    for n, l2 in [(7, 0.0), (7, 0.3), (40, 0.05), (1, 0.2)]:
        x, y = trips(t.rng, n)
        params = random_params(t.rng, 10, 4)
        got, want = t.call("gradients", params, x, y, l2), numeric(t, params, x, y, l2)
        for name in params:
            t.close(got[name], want[name], rtol=1e-5, scale=1.0, what=f"gradient of {name}")


def test_the_objective_is_kept(t):
    """The objective is the mean squared error plus the penalty on the weights."""
    x, y = trips(t.rng, 25)
    params = random_params(t.rng, 10, 6)
    for l2 in (0.0, 0.01, 2.0):
        t.close(t.call("objective", params, x, y, l2), own_objective(params, x, y, l2), rtol=1e-9, what="objective")


def test_it_fits_and_generalises(t):
    """New trips are estimated well, for several seeds and numbers of rows."""
    for seed, n in [(0, 150), (1, 300), (2, 600)]:
        x, y = trips(t.rng, n + 200)
        got = t.call("train", x[:n], y[:n], x[n:], y[n:], x[n:], seed)
        error = float(np.mean((np.asarray(got["predictions"]) - y[n:]) ** 2))
        t.check(error < 0.25 * y.var(), f"the error on new trips is {error:.2f}, the variance {y.var():.2f}")
        t.check(abs(error - got["val_losses"][-1]) < 1e-9, "the validation loss is not that of the estimates")


def test_the_penalty_still_works(t):
    """A strong penalty flattens the estimates, a weak one does not."""
    x, y = trips(t.rng, 200)
    spread = [float(np.std(t.call("train", x, y, x, y, x, 1, 300, 0.1, l2)["predictions"])) for l2 in (0.0, 1e-3, 2.0)]
    t.check(spread[2] < 0.2 * spread[0], "with l2 = 2 the estimates are not flattened")
    t.check(spread[1] > 0.8 * spread[0], "with l2 = 0.001 the estimates are flattened")


def test_twice_the_same_data_change_nothing(t):
    """With every row written down twice, training gives the same estimates."""
    x, y = trips(t.rng, 90)
    once = t.call("train", x, y, x, y, x, 4, 60, 0.1, 0.02)["predictions"]
    twice = t.call("train", np.vstack([x, x]), np.append(y, y), x, y, x, 4, 60, 0.1, 0.02)["predictions"]
    t.check(np.abs(np.asarray(once) - np.asarray(twice)).max() < 1e-8, "rows that are repeated change the estimates")
