"""E207."""

from __future__ import annotations

from vivavoce.content.lint.executed import ExecutedRule


class ValidFails(ExecutedRule):
    """A correct implementation in another style or convention fails. Executed when a judge is handed in.

    *Why:* a right answer never fails. The tests pin something that the statement leaves open.

    *Example:* a test that asks for a list where the statement says a sequence.
    """

    code = "E207"
    title = "valid alternative rejected"
    faults = frozenset({"valid-fails"})
    remedy = "Loosen the test, accept the convention (`t.either`), or let the statement decide."
