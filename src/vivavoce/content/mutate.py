"""A planted mistake: the reference with some text replaced, wherever it is indented."""

from __future__ import annotations

from textwrap import indent

MAX_INDENT = 24


class MismatchError(ValueError):
    """The text to replace does not stand exactly once in the code."""


def mutated(code: str, find: str, put: str) -> str:
    """`code` with `find` replaced by `put`.

    Both may be written without their indentation: the one at which `find` fits is added to both. Raises
    `MismatchError` when `find` stands in no or several places.
    """
    find, put = find.rstrip("\n"), put.rstrip("\n")
    if code.count(find) == 1:
        return code.replace(find, put)
    if "\n" in find:
        for spaces in range(4, MAX_INDENT + 1, 4):
            shifted = indent(find, " " * spaces)
            if code.count(shifted) == 1:
                return code.replace(shifted, indent(put, " " * spaces))
    raise MismatchError(f"{find.splitlines()[0]!r} stands {code.count(find)} times in the reference; once is needed")
