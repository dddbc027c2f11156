"""E208."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class NearLimit(ExecutedRule):
    """The reference takes more than a third of the processor time that a submission may use. Executed.

    *Why:* a slower machine or an honest but slower solution would be stopped.

    *Example:* a training loop of 2 seconds under a limit of 4.
    """

    code = "E208"
    title = "limit too near"
    faults = frozenset({"limit-near"})
    remedy = "Make the inputs smaller, or raise `limits`."
