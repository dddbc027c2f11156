"""The two consoles, and the few words and colours that all commands share. NO_COLOR and piping are Rich's to honour."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.table import Table

from vivavoce.domain.attempt import Flag, VerdictKind
from vivavoce.domain.lab import Outcome
from vivavoce.services.browse import Standing

try:
    import readline  # arrow keys in `input`, and lines longer than the 4,095 characters that a terminal takes
except ImportError:  # Windows
    readline = None  # type: ignore[assignment]
else:
    readline.parse_and_bind("set enable-bracketed-paste on")

out = Console(soft_wrap=False)
err = Console(stderr=True)

VERDICT_STYLE = {
    VerdictKind.MET: ("✓", "green"),
    VerdictKind.PARTLY: ("◐", "yellow"),
    VerdictKind.MISSED: ("○", "bright_black"),
    VerdictKind.CONTRADICTED: ("✗", "red"),
    VerdictKind.UNSURE: ("?", "cyan"),
}
STANDING_STYLE = {
    Standing.NEW: "cyan",
    Standing.DUE: "yellow",
    Standing.WEAK: "red",
    Standing.LEARNING: "blue",
    Standing.STRONG: "green",
}
OUTCOME_STYLE = {
    Outcome.SUPPORTED: "green",
    Outcome.REFUTED: "red",
    Outcome.INCONCLUSIVE: "cyan",
    Outcome.DEPENDS: "yellow",
}
FLAG_WORDS = {
    Flag.EMPTY: "There was nothing to grade.",
    Flag.TOO_SHORT: "Too short to show what you know; say it in at least one whole sentence.",
    Flag.OFF_TOPIC: "This does not seem to be about the question.",
    Flag.COPIED_QUESTION: "Words of the question earn nothing when they are only said back.",
    Flag.KEYWORD_LIST: "A list of terms shows no understanding; say how they connect.",
    Flag.INSTRUCTION: "Instructions to the grader are not followed and earn nothing.",
    Flag.DONT_KNOW: "Fair enough: now read the model answer, then try again.",
    Flag.NO_NUMBER: "There is no number in the answer.",
    Flag.NOT_ENGLISH: "Answers are graded in English only, for now.",
}


_COLOURS = {"cyan": 36, "magenta": 35}


def pending_line() -> str:
    """What stood in the line when Ctrl-C ended `ask_line`."""
    return "" if readline is None else readline.get_line_buffer()


def print_table(table: Table) -> None:
    """As wide as it wants to be when a program reads it."""
    (out if out.is_terminal else Console(width=200)).print(table)


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_line(prompt: str, style: str) -> str:
    """A line that the person types, with arrow keys; a pasted text of many lines comes whole. Raises `EOFError`."""
    plain = out.no_color or not out.is_terminal
    if readline is None or plain:
        return input(prompt)
    # Between \1 and \2 stands what has no width: otherwise editing a long line writes over the prompt.
    return input(f"\1\33[{_COLOURS[style]}m\2{prompt}\1\33[0m\2")
