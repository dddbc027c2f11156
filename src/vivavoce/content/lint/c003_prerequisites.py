"""C003."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class Prerequisites(LoadingRule):
    """A prerequisite is no concept of the bank, or prerequisites go round in a circle.

    *Why:* concepts are taught in the order of their prerequisites; a circle has no first.

    *Example:* attention needs transformers, and transformers needs attention. Remove the weaker of the two.
    """

    code = "C003"
    title = "prerequisite missing or circular"
