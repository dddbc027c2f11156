"""F005."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class TooLarge(LoadingRule):
    """A file is larger than 1 MB. It is not read.

    *Why:* a content file is some tens of kilobytes; a large one is a mistake (a data set, a recording) and would slow
    every start.

    *Example:* a 50 MB export saved as `questions/export.yaml`.
    """

    code = "F005"
    title = "file too large"
