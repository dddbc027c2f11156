"""E203."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class PlantedMistake(ExecutedRule):
    """A planted wrong implementation passes every test, or cannot even be loaded. Executed when a judge is handed in.

    *Why:* the exercise promises to reject it. One that does not load is rejected for the wrong reason.

    *Example:* the reference with the biased variance for the unbiased one, and tests on constant inputs.
    """

    code = "E203"
    title = "planted mistake passes"
    faults = frozenset({"mistake-passes", "mistake-broken"})
    remedy = "Add a test that it fails for every seed; or it is no mistake, and belongs into valid/."
