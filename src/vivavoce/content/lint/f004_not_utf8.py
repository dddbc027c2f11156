"""F004."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class NotUtf8(LoadingRule):
    """A file is not encoded as UTF-8.

    *Why:* guessing an encoding turns names and symbols into others.

    *Example:* an `é` saved by an editor set to Latin-1. Save the file again as UTF-8.
    """

    code = "F004"
    title = "not UTF-8"
