"""The search is compared with what the returned predictions say, on data that are made here."""

import numpy as np


def real(rng, n):
    y = rng.permutation(np.arange(n) % 2)
    x = rng.normal(size=(n, 24))
    x[:, :4] += 1.2 * (2 * y[:, None] - 1)
    return x, y


def parts(x, y, sizes=(80, 40, 40)):
    a, b = sizes[0], sizes[0] + sizes[1]
    return x[:a], y[:a], x[a:b], y[a:b], x[b : b + sizes[2]], y[b : b + sizes[2]]


def symptom_better_than_a_coin(t):
    """The reported accuracy of twenty runs with coin labels."""
    figures = [t.call("run", *t.call("make_data", seed), seed)["test_accuracy"] for seed in range(20)]
    t.curves(
        "Reported accuracy, coin labels", {"reported": figures, "a coin": [0.5] * 20}, x_label="run", y_label="accuracy"
    )
    t.log("Mean", f"mean of twenty runs: {np.mean(figures):.3f}")
    t.check(np.mean(figures) > 0.6, "the mean is near 50 %")


def probe_by_settings(t):
    means = {}
    for count in (1, 3, 10, 30, 60):
        scores = [t.call("run", *t.call("make_data", s), s)["scores"][:count] for s in range(12)]
        means[f"{count} settings"] = float(np.mean([max(one) for one in scores]))
    t.bars("Best score, mean of 12 runs", means)


def probe_scores(t):
    scores = np.array(t.call("run", *t.call("make_data", 0), 0)["scores"])
    values, counts = np.unique(scores.round(3), return_counts=True)
    t.bars("Settings with each score", {str(v): float(c) for v, c in zip(values, counts, strict=True)})


def probe_fresh_rows(t):
    table = []
    for make in (lambda rng, n: (rng.normal(size=(n, 24)), rng.integers(2, size=n)), real):
        rows = []
        for _ in range(8):
            x, y = make(t.rng, 1160)
            got = t.call("search", *parts(x[:160], y[:160]), 1)
            setting = t.call("settings", 24, 1)[got["best"]]
            fresh = t.call("fit_predict", x[:80], y[:80], x[160:], setting)
            rows.append([got["test_accuracy"], (np.asarray(fresh) == y[160:]).mean()])
        table.append(np.mean(rows, axis=0))
    t.matrix("Mean of 8 runs", table, rows=["coin labels", "real labels"], columns=["reported", "fresh rows"])


def probe_which_rows(t):
    lines = []
    for name, index in (("training", 1), ("validation", 3), ("test", 5)):
        changed = 0
        for seed in range(6):
            data = list(parts(*t.call("make_data", seed)))
            before = t.call("search", *data, seed)["best"]
            data[index] = 1 - data[index]
            changed += t.call("search", *data, seed)["best"] != before
        lines.append(f"labels of the {name} rows flipped: the choice changes in {changed} of 6 runs")
    t.log("What the choice depends on", "\n".join(lines))


def example_coin_labels(t):
    """With coin labels, the mean of twenty reported accuracies is near 50 %."""
    mean = np.mean([t.call("run", *t.call("make_data", seed), seed)["test_accuracy"] for seed in range(100, 120)])
    t.check(abs(mean - 0.5) < 0.07, f"the mean is {mean:.3f}")


def test_coin_labels_on_other_tables(t):
    """With coin labels of other tables the mean is near 50 %, too."""
    figures = []
    for seed in range(40):
        x, y = t.rng.normal(size=(160, 20)), t.rng.permutation(np.arange(160) % 2)
        figures.append(t.call("run", x, y, seed)["test_accuracy"])
    t.check(abs(np.mean(figures) - 0.5) < 0.06, f"the mean is {np.mean(figures):.3f}")


def test_the_choice_does_not_know_the_test_labels(t):
    """Other test rows or labels do not change the choice or the scores."""
    for seed in range(4):
        x, y = real(t.rng, 160)
        data = list(parts(x, y))
        one = t.call("search", *data, seed)
        data[5] = 1 - data[5]
        two = t.call("search", *data, seed)
        data[4], data[5] = t.rng.normal(size=(40, 24)), t.rng.integers(2, size=40)
        three = t.call("search", *data, seed)
        t.check(one["best"] == two["best"] == three["best"], "the choice changes with the test rows")
        t.check(
            np.allclose(one["scores"], two["scores"]) and np.allclose(one["scores"], three["scores"]), "so do scores"
        )


def test_the_best_on_validation_rows_is_chosen(t):
    """The scores are accuracies on the validation rows, and the chosen setting has the highest."""
    x, y = real(t.rng, 160)
    data = parts(x, y)
    got = t.call("search", *data, 3)
    candidates = t.call("settings", 24, 3)
    own = [
        float((np.asarray(t.call("fit_predict", data[0], data[1], data[2], s)) == data[3]).mean()) for s in candidates
    ]
    t.check(np.allclose(got["scores"], own), "the scores are not the accuracies on the validation rows")
    t.check(own[got["best"]] > max(own) - 1e-9, "the chosen setting is not the best one on the validation rows")


def test_the_figure_is_that_of_the_chosen_setting(t):
    """The reported accuracy and predictions are the chosen setting's, trained on the training rows."""
    for seed in range(3):
        x, y = real(t.rng, 160)
        data = parts(x, y)
        got = t.call("search", *data, seed)
        own = t.call("fit_predict", data[0], data[1], data[4], t.call("settings", 24, seed)[got["best"]])
        t.check(np.array_equal(got["test_predictions"], own), "the predictions are not those of the chosen setting")
        right = float((np.asarray(got["test_predictions"]) == data[5]).mean())
        t.check(abs(got["test_accuracy"] - right) < 1e-9, f"reports {got['test_accuracy']:.3f}, it is {right:.3f}")


def test_real_labels_are_still_found(t):
    """With labels that depend on the features, the reported accuracy is high."""
    mean = np.mean([t.call("run", *real(t.rng, 200), seed)["test_accuracy"] for seed in range(6)])
    t.check(mean > 0.65, f"the mean is {mean:.2f}")
