"""E205."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class Replacement(LoadingRule):
    """The text that a planted mistake replaces does not stand exactly once in the reference. The mistake is left out.

    *Why:* a mistake is the reference with one thing wrong. After a change of the reference, its text must follow.

    *Example:* `find: "axis=1"` where the reference has it twice. Give enough around it to be the only one.
    """

    code = "E205"
    title = "replacement does not fit"
