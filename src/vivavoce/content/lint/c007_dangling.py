"""C007."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class Dangling(LoadingRule):
    """Something is referred to by a name that does not exist: a criterion, a misconception or a source.

    *Why:* the reference is left out when loading, so a sample would count as missing a criterion that it meets.

    *Example:* `meets: [smal-factor]` where the rubric has `small-factor`.
    """

    code = "C007"
    title = "reference to nothing"
