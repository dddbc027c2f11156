"""C012."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from vivavoce.content.diagnostic import Diagnostic, Severity
from vivavoce.content.lint.base import LintContext, Rule
from vivavoce.content.lint.texts import written
from vivavoce.content.markup import prose

WORDS_FILE = "words.txt"
_WORD = re.compile(r"(?<![\w'’\\^_-])[A-Za-z][a-z]+(?:['’][a-z]+)?(?![\w'’])")
_BRITISH = (
    (re.compile(r"is(e[ds]?|ing|ers?|ations?|able)$"), r"iz\1"),
    (re.compile(r"ys(e[ds]?|ing|ers?)$"), r"yz\1"),
    (re.compile(r"our"), "or"),
    (re.compile(r"ll(ed|ing|er)$"), r"l\1"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"tr(ed|ing)$"), r"ter\1"),
    (re.compile(r"ence(s?)$"), r"ense\1"),
    (re.compile(r"eque(s?)$"), r"eck\1"),
)
"""British spellings to those of the dictionary, which is American."""
_BEFORE = ("un", "re", "de", "non", "over", "under", "mis", "sub", "pre", "out")


class Spelling(Rule):
    """A word is neither in the dictionary nor in the pack's `words.txt`. A warning.

    *Why:* a slip in an answer key makes a reader doubt the rest of it. What candidates say in samples and paraphrases
    is not looked at; nor are formulas, code and names with capitals inside. British and American spellings are both
    right. Terms of the field stand in `words.txt`, one a line.

    *Example:* `regularizaton`. Correct it; or add a term that the dictionary does not know.
    """

    code = "C012"
    title = "word in no dictionary"
    severity = Severity.WARNING

    def check(self, context: LintContext) -> Iterator[Diagnostic]:
        knows = _dictionary()
        if knows is None:
            for folder in context.loaded.folders:
                message, remedy = "spelling was not checked", "Install the extra that brings the dictionary: [authors]."
                yield self.found(folder / "pack.yaml", [], message, remedy)
            return
        terms = frozenset().union(*map(_terms, context.loaded.folders))
        seen: set[tuple[Path, str]] = set()
        for file, keys, text in written(context):
            for word in _words(text):
                if _is_word(word, terms, knows) or (file.path, word) in seen:
                    continue
                seen.add((file.path, word))
                remedy = f"Correct it, or add it to {WORDS_FILE} if it is a term."
                yield self.found(file, keys, f'"{word}" is in no dictionary', remedy)


def _words(text: str) -> Iterator[str]:
    for _, line in prose(text):
        yield from (word.lower().replace("’", "'") for word in _WORD.findall(line))


def _is_word(word: str, terms: frozenset[str], knows: Callable[[str], bool]) -> bool:
    word = word.removesuffix("'s")
    forms = {word, word.removesuffix("s"), *(spelling.sub(as_theirs, word) for spelling, as_theirs in _BRITISH)}
    forms |= {form[len(start) :] for form in forms for start in _BEFORE if form.startswith(start)}
    return any(form in terms or (len(form) > 1 and knows(form)) for form in forms)


def _terms(folder: Path) -> frozenset[str]:
    try:
        lines = (folder / WORDS_FILE).read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(line.strip().lower() for line in lines)


@cache
def _dictionary() -> Callable[[str], bool] | None:
    """Whether a word is English; None without the package that knows."""
    if importlib.util.find_spec("spellchecker") is None:
        return None
    package = importlib.import_module("spellchecker")
    known = frozenset(package.SpellChecker(distance=1).word_frequency.dictionary)
    return known.__contains__
