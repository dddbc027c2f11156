"""L303."""

from __future__ import annotations

from vivavoce.content.lint.lab_executed import LabExecutedRule


class OutcomeChanged(LabExecutedRule):
    """A claim comes out against its recorded outcome, far from the recorded interval. Executed with a few seeds.

    *Why:* an explanation can stop being true: a library changes a default, an author changes a line.
    `viva lab verify` proves every claim anew with all seeds.

    *Example:* "dropout helps here" was recorded as supported; after the layer was widened it is refuted.
    """

    code = "L303"
    title = "outcome changed"
    fault = "outcome-changed"
    remedy = "Find out why. If the new outcome is right, correct what the bank says and record it anew."
