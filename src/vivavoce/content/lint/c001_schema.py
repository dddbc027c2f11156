"""C001."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class Schema(LoadingRule):
    """A key is unknown or missing, or a value has the wrong type or lies outside the taxonomy. The file is left out.

    *Why:* a misspelt key is a key that does nothing, and `Training` beside `training` makes two areas of one. Every
    problem of the file is reported at once, with its line.

    *Example:* `levle: basic`. The message says: Did you mean "level"?
    """

    code = "C001"
    title = "unknown key or value"
