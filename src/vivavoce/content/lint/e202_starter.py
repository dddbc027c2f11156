"""E202."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class Starter(ExecutedRule):
    """The starter, which is unfinished, passes a test. Executed when a judge is handed in.

    *Why:* a test that passes without an answer tests nothing. (The broken script of a case may pass some, not all.)

    *Example:* a test that only checks that no exception is raised when the function is not called.
    """

    code = "E202"
    title = "starter passes"
    faults = frozenset({"starter-passes"})
    remedy = "Let the test ask for a value that only a solution returns."
