"""F008."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class NoId(LoadingRule):
    """The name of a folder or file cannot be an id.

    *Why:* the id of a question is `concept-folder/file-name` and is written nowhere else; it appears in addresses and
    in learners' histories, so it is lower-case letters, digits and single hyphens.

    *Example:* `questions/Why_ReLU.yaml`. Call it `why-relu.yaml`.
    """

    code = "F008"
    title = "name cannot be an id"
