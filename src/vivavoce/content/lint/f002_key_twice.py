"""F002."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class KeyTwice(LoadingRule):
    """A key is written twice in one place.

    *Why:* most YAML readers keep the last one silently, so a criterion that somebody wrote would vanish without a word.

    *Example:* two criteria called `remedy:` in one rubric. Rename one of them.
    """

    code = "F002"
    title = "key written twice"
