"""F003."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class MissingFile(LoadingRule):
    """A file or folder that must be there is missing, is something else, or cannot be read.

    *Why:* a pack needs `pack.yaml` (its name and licence) and `concepts/`; a concept needs `concept.md`.

    *Example:* a folder `concepts/dropout/` with questions and without `concept.md`.
    """

    code = "F003"
    title = "file missing or unreadable"
