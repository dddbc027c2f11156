"""YAML text to plain values, with the line of every key.

A small, strict reading of YAML that authors can predict: text is text unless it is a decimal number, `true`, `false` or
`null` (so `no`, `1:30` and `2024-01-01` stay text); no key twice; no anchors, aliases or tags, which could make a small
file huge. It is built from parser events, because the libyaml composer crashes the process on very deep nesting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader  # ten times as fast
except ImportError:  # PyYAML without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

MAX_DEPTH = 20
"""Our deepest file has 5 levels."""

_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "~": None, "": None}
_MAX_DIGITS = 300


@dataclass(slots=True)
class Marks:
    """Where a value and its parts begin. Lines count from 1."""

    line: int
    keys: dict[Any, tuple[int, Marks]] = field(default_factory=dict)
    """Key (or index of a sequence) to the line of the key and the marks of the value."""

    def at(self, *path: Any) -> int:
        """Line of the deepest part of `path` that exists."""
        here, line = self, self.line
        for step in path:
            if step not in here.keys:
                break
            line, here = here.keys[step]
        return line


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with the text itself."""

    line: int
    message: str
    remedy: str = ""
    twice: bool = False
    """A key that is written twice; anything else makes the text unreadable."""


@dataclass(slots=True)
class Parsed:
    """What could be read: `value` is None when there are problems other than repeated keys."""

    value: Any
    marks: Marks
    problems: list[Problem]


class _StopError(Exception):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def parse(text: str, first_line: int = 1) -> Parsed:
    """Read one YAML document; never raises. `first_line` is the number of the text's first line in its file."""
    reader = _Reader(first_line)
    try:
        events = iter(yaml.parse(text, Loader=_Loader))
        value, marks = reader.document(events)
    except _StopError as stop:
        return Parsed(None, Marks(stop.problem.line), [*reader.problems, stop.problem])
    except yaml.MarkedYAMLError as error:
        line = first_line + _line_of(error, text.rstrip().count("\n"))
        problem = Problem(line, f"not valid YAML: {error.problem or error.context}", _remedy(error.problem or ""))
        return Parsed(None, Marks(line), [*reader.problems, problem])
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        # reader.ReaderError (a control character) carries a position, not a mark
        position = getattr(error, "position", None)
        line = first_line + text.count("\n", 0, position) if isinstance(position, int) else first_line
        reason = getattr(error, "reason", "") or str(error).splitlines()[0]
        problem = Problem(line, f"not valid YAML: {reason}", "Remove the unusual character.")
        return Parsed(None, Marks(line), [*reader.problems, problem])
    return Parsed(value, marks, reader.problems)


def _line_of(error: yaml.MarkedYAMLError, last: int) -> int:
    """Line counted from 0. What is never closed is noticed behind the last line; it belongs to where it begins."""
    mark = error.problem_mark or error.context_mark
    if mark and mark.line > last:
        mark = error.context_mark or mark
    return min(mark.line, last) if mark else 0


def _remedy(problem: str) -> str:
    if "mapping values" in problem:
        return 'Put a text that contains ": " in quotes, or write it below a `>`.'
    if "escape" in problem:
        return "In double quotes a backslash is special; use single quotes or a `>` block for formulas."
    if "token" in problem or "expected" in problem:
        return "Check the indentation and put texts that begin with a special character in quotes."
    return "Check the line and the one before it."


class _Reader:
    """Events to values and marks, with a bounded depth."""

    def __init__(self, first_line: int) -> None:
        self.first = first_line
        self.problems: list[Problem] = []

    def document(self, events: Iterator[Any]) -> tuple[Any, Marks]:
        next(events)  # stream start
        event = next(events)
        if isinstance(event, yaml.StreamEndEvent):
            return None, Marks(self.first)
        result = self._node(next(events), events, 0)
        next(events)  # document end
        event = next(events)
        if isinstance(event, yaml.DocumentStartEvent):
            raise self._stop(event, "a second document begins here", "Keep one document per file; remove the `---`.")
        return result

    def _stop(self, event: Any, message: str, remedy: str) -> _StopError:
        return _StopError(Problem(self._line(event), message, remedy))

    def _line(self, event: Any) -> int:
        return int(event.start_mark.line) + self.first

    def _node(self, event: Any, events: Iterator[Any], depth: int) -> tuple[Any, Marks]:
        if depth > MAX_DEPTH:
            raise self._stop(event, f"nested more than {MAX_DEPTH} levels deep", "Check brackets and indentation.")
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            raise self._stop(event, "anchors (&) and aliases (*) are not used here", "Write it out, or quote the text.")
        if event.tag and event.tag != "!":
            tag = str(event.tag).replace("tag:yaml.org,2002:", "!!")
            raise self._stop(event, f"the tag {tag} is not used here", "Remove it, or put the text in quotes.")
        marks = Marks(self._line(event))
        if isinstance(event, yaml.ScalarEvent):
            return (_plain(event.value) if event.implicit[0] else event.value), marks
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[Any] = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                item, inner = self._node(event, events, depth + 1)
                marks.keys[len(items)] = (inner.line, inner)
                items.append(item)
            return items, marks
        return self._mapping(events, depth, marks), marks

    def _mapping(self, events: Iterator[Any], depth: int, marks: Marks) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        while not isinstance(event := next(events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent):
                raise self._stop(event, "a key that is not a text", "Put a text that begins with [ or { in quotes.")
            # A key is always text: `1:` and `true:` name things, they do not count them.
            key, line = event.value, self._line(event)
            value, inner = self._node(next(events), events, depth + 1)
            if key in found:
                first = marks.keys[key][0]
                message = f'key "{key}" is written twice, first on line {first}'
                self.problems.append(Problem(line, message, "Remove or rename one of them.", twice=True))
                continue
            found[key] = value
            marks.keys[key] = (line, inner)
        return found


def _plain(text: str) -> Any:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "-+.0123456789" and len(text) <= _MAX_DIGITS:
        if _INT.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text
