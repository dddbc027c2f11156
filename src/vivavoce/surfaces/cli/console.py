"""The two consoles, and the few words and colours that all commands share. NO_COLOR and piping are Rich's to honour."""

from __future__ import annotations

import sys

from rich.console import Console

from vivavoce.domain.attempt import Flag, VerdictKind
from vivavoce.services.browse import Standing

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
FLAG_WORDS = {
    Flag.EMPTY: "There was nothing to grade.",
    Flag.TOO_SHORT: "Too short to show what you know; say it in at least one whole sentence.",
    Flag.OFF_TOPIC: "This does not seem to be about the question.",
    Flag.COPIED_QUESTION: "Words of the question earn nothing when they are only said back.",
    Flag.KEYWORD_LIST: "A list of terms shows no understanding; say how they connect.",
    Flag.INSTRUCTION: "Instructions to the grader are not followed and earn nothing.",
    Flag.DONT_KNOW: "Fair enough: now read the model answer, then try again.",
    Flag.NOT_ENGLISH: "Answers are graded in English only, for now.",
}


def interactive() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
