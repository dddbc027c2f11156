"""C009."""

from __future__ import annotations

from vivavoce.content.lint.base import LoadingRule


class FigureNumbers(LoadingRule):
    """A figure cannot be drawn as it is written, and is left out: a line is too short, an expression has no value.

    Nor can a matrix with a gap be drawn, or a number that has no place on a logarithmic axis.

    *Why:* half a line would be a picture of something else. The message says at which x an expression fails.

    *Example:* `training: "exp(-x/8"`, or a line of 40 numbers over an x of 41.
    """

    code = "C009"
    title = "figure that cannot be drawn"
