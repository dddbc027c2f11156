"""F007."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class DoesNotBelong(LoadingRule):
    """A file lies where it is not read. Code is an error; anything else a warning.

    *Why:* a pack is data and nothing in these folders is ever run; a question saved as `.yml` would be missed silently.

    *Example:* `questions/make_questions.py`. Keep tools outside the pack.
    """

    code = "F007"
    title = "file does not belong here"
