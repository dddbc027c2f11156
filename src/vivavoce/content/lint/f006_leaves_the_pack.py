"""F006."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class LeavesThePack(LoadingRule):
    """A symbolic link leads out of the pack's folder. It is not followed.

    *Why:* a pack from somewhere else must not be able to show files of this computer.

    *Example:* `questions/notes.yaml -> ~/notes.yaml`. Copy the file into the pack.
    """

    code = "F006"
    title = "path leaves the pack"
