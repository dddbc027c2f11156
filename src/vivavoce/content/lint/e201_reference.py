"""E201."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class Reference(ExecutedRule):
    """The reference fails a test of its own exercise. Executed when a judge is handed in.

    *Why:* a right answer that fails is the worst that a judge can do, and the reference is the first right answer.

    *Example:* a test that asks for the row maxima, and a reference that returns column maxima.
    """

    code = "E201"
    title = "reference fails"
    faults = frozenset({"reference-fails"})
    remedy = "Correct the reference or the test; one of the two is wrong."
