"""E204."""

from __future__ import annotations

from vivavoce.content.diagnostic import Severity
from vivavoce.content.lint.executed import ExecutedRule


class Seeds(ExecutedRule):
    """A planted mistake fails other tests with one seed than with another. Executed when a judge is handed in.

    *Why:* inputs are drawn anew in each run. A test that sees a mistake only sometimes will let it pass sometimes.

    *Example:* one random label of two classes: half of the draws do not show that classes are swapped.
    """

    code = "E204"
    title = "two seeds disagree"
    severity = Severity.WARNING
    faults = frozenset({"seeds-disagree"})
    remedy = "Choose inputs that show the mistake whatever is drawn: more rows, no ties, other shapes."
