"""F001."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class NotYaml(LoadingRule):
    """A file is no YAML, or uses what this format leaves out: tags, anchors, a second document, deep nesting.

    *Why:* nothing of it can be used. Anchors and tags are refused because they let a small file become a huge one or
    make objects; the depth is bounded because a file of brackets would crash the parser.

    *Example:* `prompt: Two phases: which is slower?` reads as a key inside a key. Quote the text, or write it below
    `>`.
    """

    code = "F001"
    title = "not YAML"
