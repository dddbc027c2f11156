"""The service is compared with scores that are computed here from the artefact."""

import numpy as np

FIELDS = ("income", "age", "mileage", "claims", "years_insured")


def customers(rng, n, share_empty=0.2):
    z = rng.normal(size=(n, 5))
    rows = np.array([40_000, 50, 9_000, 2, 12]) + z * np.array([9_000, 9, 2_500, 1, 4])
    rows[:, 3] = np.maximum(0, np.round(rows[:, 3] - 1))
    labels = (z @ np.array([-1.0, 0.3, 1.0, 1.2, -0.8]) > 0).astype(float)
    rows[rng.random(rows.shape) < share_empty] = np.nan
    return rows, labels


def expected(artefact, row):
    a = {k: np.asarray(v) for k, v in artefact.items()}
    filled = np.where(np.isnan(row), a["median"], row)
    return float(1 / (1 + np.exp(-(((filled - a["mean"]) / a["std"]) @ a["weights"] + a["bias"]))))


def request(row, empty="missing"):
    """A request for a row; its empty fields are missing, None or nan."""
    values = {name: float(v) for name, v in zip(FIELDS, row, strict=True)}
    if empty == "missing":
        return {k: v for k, v in values.items() if v == v}
    return {k: (v if v == v else None if empty == "none" else float("nan")) for k, v in values.items()}


def fitted(t, seed=0):
    rows, labels = t.call("make_data", seed)
    return plain(t.call("train", rows, labels)), np.asarray(rows), labels


def plain(artefact):
    return {k: np.asarray(v) for k, v in artefact.items()}


def symptom_scores_differ(t):
    """Service against table for sixty customers, and how well each ranks."""
    artefact, rows, labels = fitted(t)
    rows, labels = rows[:120], np.asarray(labels[:120])
    table = np.asarray(t.call("score_table", artefact, rows))
    online = np.array([t.call("serve", artefact, request(row)) for row in rows])
    order = np.argsort(table)
    t.curves(
        "Scores of the same customers",
        {"table": table[order], "service": online[order]},
        x_label="customer",
        y_label="risk",
    )
    right = {k: float(((v > 0.5) == (labels > 0.5)).mean()) for k, v in (("table", table), ("service", online))}
    t.bars("Share judged rightly", right)
    apart = np.abs(table - online)
    t.check((apart > 0.1).mean() > 0.15 and (apart < 1e-9).mean() > 0.3, "service and table agree")


def probe_by_missing(t):
    artefact, rows, _ = fitted(t)
    rows = rows[:150]
    apart = [abs(t.call("serve", artefact, request(r)) - expected(artefact, r)) for r in rows]
    empty = np.isnan(rows).sum(axis=1)
    named = {f"{k} empty": float(np.mean(np.array(apart)[empty == k])) for k in range(5) if (empty == k).any()}
    t.bars("Mean difference", named)


def probe_one_customer(t):
    artefact, rows, _ = fitted(t)
    row = rows[np.isnan(rows[:, 0])][0]
    lines = [f"request {request(row)}", f"service {t.call('serve', artefact, request(row)):.3f}"]
    lines += [f"table   {expected(artefact, row):.3f}", f"medians {np.asarray(artefact['median']).round(1).tolist()}"]
    t.log("A customer", "\n".join(lines))


def probe_artefact(t):
    artefact = fitted(t)[0]
    keys = ("median", "mean", "std", "weights")
    t.matrix("Artefact", [np.asarray(artefact[k]) for k in keys], rows=keys, columns=FIELDS)


def probe_order(t):
    artefact, rows, _ = fitted(t)
    full = rows[~np.isnan(rows).any(axis=1)][:5]
    orders = (FIELDS, FIELDS[::-1], sorted(FIELDS))
    table = [[t.call("serve", artefact, {k: request(r)[k] for k in o}) for o in orders] for r in full]
    t.matrix("Scores", table, columns=["as in the table", "reversed", "alphabetical"], row_label="customer")


def example_one_empty_field(t):
    """A customer who leaves the income empty gets the same score on both paths."""
    artefact = fitted(t, 3)[0]
    row = np.array([np.nan, 40.0, 15_000.0, 1.0, 8.0])
    got, want = t.call("serve", artefact, request(row)), expected(artefact, row)
    t.check(abs(got - want) < 1e-6, f"service {got:.3f}, table {want:.3f}")


def test_service_and_table_agree(t):
    """The service gives the table's scores, whether empty fields are missing, None or nan."""
    rows, labels = customers(t.rng, 250)
    artefact = plain(t.call("train", rows, labels))
    for empty in ("missing", "none", "nan"):
        for row in rows[:25]:
            got = t.call("serve", artefact, request(row, empty))
            t.check(isinstance(got, float | np.floating) or np.ndim(got) == 0, "the score is not a number")
            want = expected(artefact, row)
            t.check(abs(got - want) < 1e-6, f"with empty fields {empty}, service {got:.3f}, table {want:.3f}")


def test_zero_is_a_number(t):
    """A field with a real 0 is not taken for an empty one."""
    rows, labels = customers(t.rng, 250)
    artefact = plain(t.call("train", rows, labels))
    for row in rows[~np.isnan(rows).any(axis=1)][:8]:
        for field in range(5):
            zero = row.copy()
            zero[field] = 0.0
            got, want = t.call("serve", artefact, request(zero)), expected(artefact, zero)
            t.check(abs(got - want) < 1e-6, f"with {FIELDS[field]} = 0, service {got:.3f}, table {want:.3f}")
    whole = {name: int(v) for name, v in zip(FIELDS, (41_000, 37, 9_500, 0, 11), strict=True)}
    want = expected(artefact, np.array(list(whole.values()), dtype=float))
    t.check(abs(t.call("serve", artefact, whole) - want) < 1e-6, "whole numbers are scored otherwise")


def test_order_and_other_keys(t):
    """Any order of keys and additional keys give the same score; an empty request gives the medians' score."""
    rows, labels = customers(t.rng, 250)
    artefact = plain(t.call("train", rows, labels))
    for row in rows[:10]:
        asked = dict(reversed(request(row).items()))
        got = t.call("serve", artefact, {"id": 17, "zip": 80_331.0, **asked, "agent": 3})
        t.check(abs(got - expected(artefact, row)) < 1e-6, "the order of keys or additional keys change the score")
    nothing = t.call("serve", artefact, {})
    t.check(abs(nothing - expected(artefact, np.full(5, np.nan))) < 1e-6, "an empty request is scored otherwise")


def test_the_table_is_scored_as_before(t):
    """The back-test's scores are those of the specified features, and training fills with medians."""
    rows, labels = customers(t.rng, 250)
    artefact = plain(t.call("train", rows, labels))
    t.close(artefact["median"], np.nanmedian(rows, axis=0), rtol=1e-9, what="median")
    want = np.array([expected(artefact, row) for row in rows])
    got = np.asarray(t.call("score_table", artefact, rows))
    t.check(np.abs(got - want).max() < 1e-6, "the table is scored otherwise than before")
    t.check(((got > 0.5) == (labels > 0.5)).mean() > 0.75, "the model is worse than before")


def test_medians_are_those_of_training(t):
    """Another artefact with other medians gives another score for the same request."""
    rows, labels = customers(t.rng, 250)
    artefact = plain(t.call("train", rows, labels))
    other = {**artefact, "median": artefact["median"] * 1.3}
    row = np.array([np.nan, 45.0, np.nan, 1.0, np.nan])
    got, want = t.call("serve", other, request(row)), expected(other, row)
    t.check(abs(got - want) < 1e-6, f"with other medians, service {got:.3f}, table {want:.3f}")
