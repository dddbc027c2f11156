"""E210."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class Symptom(ExecutedRule):
    """The broken script of a case does not show its symptom, the fixed one shows it too, or a probe fails. Executed.

    *Why:* the symptom is all that the reader has to go by.

    *Example:* a loss that falls after all, because the planted fault only bites with another seed.
    """

    code = "E210"
    title = "symptom of a case"
    faults = frozenset({"symptom-absent", "symptom-stays", "probe-fails"})
    remedy = "Correct the script or the symptom and probe functions of tests.py."
