"""The report is checked against the rows that were passed in."""

import numpy as np


def transactions(rng, n=480, effect=0.0, share=0.1):
    y = rng.permutation((np.arange(n) < share * n).astype(int))
    x = rng.normal(size=(n, 5))
    x[:, 1] += effect * y
    return x, y


def figures(y, predictions):
    found = ((predictions == 1) & (y == 1)).sum()
    return found / max(1, (y == 1).sum()), found / max(1, (predictions == 1).sum())


def symptom_lab_and_field(t):
    """Recall and precision by the report, and in the field with the same mix."""
    rows = []
    for seed in range(4):
        x, y = t.call("make_data", seed)
        got = t.call("evaluate", x, y, seed)
        field, truth = t.call("make_data", seed + 500)
        alarms = np.asarray(t.call("fit_predict", *t.call("oversample", x, y, seed), field))
        rows.append([got["recall"], got["precision"], *figures(truth, alarms)])
    mean = np.mean(rows, axis=0)
    names = ("recall, report", "precision, report", "recall, field", "precision, field")
    t.bars("Mean of four runs", dict(zip(names, map(float, mean), strict=True)))
    t.check(mean[0] > mean[2] + 0.3, "the report agrees with the field")


def probe_copies(t):
    x, y = t.call("make_data", 0)
    got = t.call("evaluate", x, y, 0)
    rows = np.asarray(got["test_x"])
    _, counts = np.unique(rows, axis=0, return_counts=True)
    t.bars("Rows of the test part", {"once": float((counts == 1).sum()), "several times": float((counts > 1).sum())})
    fraud = rows[np.asarray(got["test_y"]) == 1]
    seen = np.unique(fraud, axis=0)
    t.log("Fraud", f"{len(fraud)} fraud rows in the test part, {len(seen)} different; {int(y.sum())} in the table")


def probe_mix(t):
    x, y = t.call("make_data", 0)
    got = t.call("evaluate", x, y, 0)
    counts = got["train_counts"]
    shares = {"table": y.mean(), "training": counts[1] / sum(counts), "test": np.asarray(got["test_y"]).mean()}
    t.bars("Share of fraud", {k: float(v) for k, v in shares.items()})


def probe_noise(t):
    got = [t.call("evaluate", *transactions(t.rng), seed) for seed in range(4)]
    t.bars("Report on noise", {k: float(np.mean([g[k] for g in got])) for k in ("recall", "precision")})


def probe_table(t):
    got = t.call("evaluate", *t.call("make_data", 0), 0)
    y, p = np.asarray(got["test_y"]), np.asarray(got["predictions"])
    table = [[((y == a) & (p == b)).sum() for b in (0, 1)] for a in (0, 1)]
    t.matrix("Test part", table, rows=["legitimate", "fraud"], columns=["no alarm", "alarm"])


def example_the_test_part_is_as_it_came(t):
    """On the script's own data, no row is twice in the test part."""
    x, y = t.call("make_data", 3)
    rows = np.asarray(t.call("evaluate", x, y, 3)["test_x"])
    different = len(np.unique(rows, axis=0))
    t.check(different == len(rows), f"the test part has {len(rows)} rows, {different} of them different")


def where(x, rows):
    apart = ((np.asarray(rows)[:, None] - x[None]) ** 2).sum(axis=2)
    return apart.argmin(axis=1), apart.min(axis=1)


def test_the_test_part_is_a_quarter_of_the_rows(t):
    """The test part holds a quarter of the rows, each once, with its label and the mix of the table."""
    for seed in range(3):
        x, y = transactions(t.rng, 480, 0.5)
        got = t.call("evaluate", x, y, seed)
        index, apart = where(x, got["test_x"])
        t.check(len(index) == 120, f"the test part has {len(index)} rows; wanted 120")
        t.check(
            apart.max() < 1e-12 and len(set(index.tolist())) == 120,
            "the test part does not hold rows of the table once",
        )
        t.check(np.array_equal(got["test_y"], y[index]), "a test row has another label than in the table")
        t.check(
            int(np.sum(got["test_y"])) == 12, f"the test part has {int(np.sum(got['test_y']))} fraud rows; wanted 12"
        )


def test_training_is_balanced(t):
    """The classifier is fitted on as many fraud rows as others, and one sees it in its alarms."""
    share = []
    for seed in range(6):
        x, y = transactions(t.rng)
        got = t.call("evaluate", x, y, seed)
        t.check(
            list(got["train_counts"]) == [324, 324], f"the training part has {got['train_counts']} rows of the classes"
        )
        share.append(float(np.mean(got["predictions"])))
    t.check(0.08 < np.mean(share) < 0.45, f"on noise, {np.mean(share):.2f} of the rows raise an alarm")


def test_noise_gives_a_useless_report(t):
    """With features that are noise, the mean recall is low."""
    got = [t.call("evaluate", *transactions(t.rng), seed) for seed in range(8)]
    recall, precision = (np.mean([g[k] for g in got]) for k in ("recall", "precision"))
    t.check(recall < 0.5, f"on noise the recall is {recall:.2f}")
    t.check(precision < 0.3, f"on noise the precision is {precision:.2f}")


def test_noise_is_not_told_apart(t):
    """With features that are noise, fraud raises alarms no more often than other rows do."""
    apart = []
    for seed in range(4):
        got = t.call("evaluate", *transactions(t.rng, 1600, 0.0, 0.3), seed)
        y, alarm = np.asarray(got["test_y"]), np.asarray(got["predictions"])
        apart.append(alarm[y == 1].mean() - alarm[y == 0].mean())
    t.check(np.mean(apart) < 0.13, f"on noise, fraud raises alarms more often by {np.mean(apart):.2f}")


def test_recall_and_precision(t):
    """Both figures are those of the returned predictions, and are good when fraud shows clearly."""
    for seed, effect in [(1, 0.8), (2, 6.0)]:
        x, y = transactions(t.rng, 480, effect)
        got = t.call("evaluate", x, y, seed)
        recall, precision = figures(np.asarray(got["test_y"]), np.asarray(got["predictions"]))
        t.check(abs(got["recall"] - recall) < 1e-9, f"reports a recall of {got['recall']:.3f}, it is {recall:.3f}")
        t.check(abs(got["precision"] - precision) < 1e-9, f"precision {got['precision']:.3f}, it is {precision:.3f}")
        if effect > 5:
            t.check(recall > 0.8 and precision > 0.7, "fraud that shows clearly is not found")


def test_the_seed_decides(t):
    """The same seed gives the same test part, another one another."""
    x, y = transactions(t.rng)
    a, b, c = (np.asarray(t.call("evaluate", x, y, seed)["test_x"]) for seed in (1, 1, 2))
    t.check(np.array_equal(a, b) and not np.array_equal(a, c), "the seed does not decide the test part")
