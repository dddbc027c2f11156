"""L301."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class LabUnreadable(LoadingRule):
    """A lab's file cannot be read: no Python, a constant that is no literal, a test that names what is not there.

    *Why:* labs are listed, and their claims shown, without running them; what is stated must be readable as it stands.

    *Example:* `"test": "acuracy: dropout > none + 1"` in a lab whose measure is called `accuracy`.
    """

    code = "L301"
    title = "lab unreadable"
