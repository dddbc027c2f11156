"""Words of a text with their places, in a form in which inflections and British or American spelling compare equal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

_WORD = re.compile(r"\d+(?:[.,]\d+)*%?|[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*|[^\W_]+")
_RELATION = re.compile(
    r"<=|>=|!=|->|=>|<-|[=<>≤≥≈≠≪≫∝→⇒←↑↓∈±×·∂∇∑∏√∞]|\bvs\b|(?:\b\w|\))\s*[+*^]\s*[\w(]|\d\s*[-+*/^]\s*\w"
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:\s?%|(?:\s?/\s?\d+))?")

_FUNCTION_WORDS = """
a about above after again all also am an and any are as at be because been before being below between both but
by can cannot could did do does doing done down during each either else ever every few for from further get gets
getting given go goes going got had has have having he her here hers him his how however i if in into is it its
itself just let like made make makes may me might more most much must my neither no nor not now of off on once
one only onto or other our out over own per rather really same say says she should since so some such than that
the their them then there these they thing things this those though through thus to too under until up upon us
use used uses using very was way we well were what when where whether which while who whom whose why will with
within without would yes yet you your yours i'm i'd i've i'll it's that's there's you're you'd we're they're
don't doesn't didn't isn't aren't wasn't can't won't let's what's um uh er hmm okay ok basically actually kind
sort maybe guess mean know think right
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words that carry grammar, or talk, rather than the subject."""

_SUFFIXES = (
    *((s, "i") for s in ("ications", "ication", "ifying", "ifies", "ified", "ify")),
    *((s, "iz") for s in ("isations", "izations", "isation", "ization", "isers", "izers", "iser", "izer")),
    *((s, "iz") for s in ("ising", "izing", "ises", "izes", "ised", "ized", "ise", "ize")),
    *((s, "at") for s in ("ations", "ation", "ating", "ated", "ates", "ative", "ators", "ator", "ate")),
    *((s, "") for s in ("ivities", "ivity", "iveness", "ively", "ives", "ive", "ions", "ion", "ments", "ment")),
    *((s, "") for s in ("ousness", "ously", "ous", "fully", "ful", "ness", "ably", "ability", "able", "ally", "al")),
    *((s, "i") for s in ("iest", "ier", "ily", "ies", "ied", "ying", "y")),
    *((s, "") for s in ("ings", "ing", "edly", "ed", "ely", "ly", "est", "ers", "er", "es", "s", "e")),
)
_IRREGULAR = {
    "shrank": "shrink",
    "shrunk": "shrink",
    "grew": "grow",
    "grown": "grow",
    "learnt": "learn",
    "went": "go",
    "kept": "keep",
    "fell": "fall",
    "fallen": "fall",
    "rose": "rise",
    "risen": "rise",
    "matrices": "matrix",
    "vertices": "vertex",
    "indices": "index",
    "minima": "minimum",
    "maxima": "maximum",
    "optima": "optimum",
    "lost": "lose",
    "zeroes": "zero",
    "less": "less",
    "loss": "loss",
    "losses": "loss",
    "class": "class",
    "bias": "bias",
    "biases": "bias",
    "plus": "plus",
    "pass": "pass",
    "across": "across",
    "unless": "unless",
}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: `text[start:end]`."""

    text: str
    """In lower case, with straight apostrophes."""
    start: int
    end: int
    stem: str

    @property
    def content(self) -> bool:
        return self.text not in FUNCTION_WORDS and (len(self.text) > 1 or not self.text.isascii())


def words(text: str) -> list[Word]:
    """The words of `text` in order; numbers count, punctuation and symbols do not."""
    return [_word(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]


def _word(raw: str, start: int, end: int) -> Word:
    lower = raw.lower().replace("’", "'")
    return Word(lower, start, end, stem(lower))


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A light stem: good for comparing inflections of one word, not for show."""
    word = word.removesuffix("'s")
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for suffix, instead in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word[: -len(suffix)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.replace("our", "or") if len(word) > 5 else word


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry the subject, in order."""
    return [w.stem for w in words(text) if w.content]


def has_relation(text: str) -> bool:
    """Whether symbols state something: `slope <= 1/4`, `L1 → zeros`."""
    return _RELATION.search(text) is not None


def numbers(text: str) -> frozenset[str]:
    """Numbers in one spelling each: `0,25`, `.25` and `25 %` are different, `1 / 4` and `1/4` are not."""
    return frozenset(re.sub(r"\s", "", m).replace(",", ".") for m in _NUMBER.findall(text))


class Speller:
    """Puts right a typed word that is a slip away from a word that matters here."""

    def __init__(self, vocabulary: Iterable[str], known: frozenset[str]) -> None:
        """`vocabulary` is what matters; a word of `known` is never touched."""
        mine = {w for w in vocabulary if w.isalpha()}
        self._targets = sorted({w for w in mine if len(w) >= 5} | _OFTEN_MISTYPED)
        self._known = known | mine | FUNCTION_WORDS
        self._fixes: dict[str, str] = {}

    def fix(self, word: str) -> str:
        """`word` (lower case) or what was meant."""
        if len(word) < 3 or not word.isalpha() or word in self._known:
            return word
        if word not in self._fixes:
            if len(self._fixes) > 5_000:
                self._fixes.clear()
            self._fixes[word] = self._nearest(word)
        return self._fixes[word]

    def _nearest(self, word: str) -> str:
        allowed = 1 if len(word) < 8 else 2
        best, least = word, allowed + 1
        for target in self._targets:
            if abs(len(target) - len(word)) > allowed or target[0] != word[0]:
                continue
            distance = OSA.distance(word, target, score_cutoff=allowed)
            if distance < least and not _inflection(word, target):
                best, least = target, distance
        return best

    def fix_text(self, text: str) -> str:
        """`text` with its slips put right."""
        out, place = [], 0
        for m in _WORD.finditer(text):
            lower = m.group().lower()
            fixed = self.fix(lower)
            if fixed != lower:
                out += [text[place : m.start()], fixed]
                place = m.end()
        return "".join([*out, text[place:]])


_OFTEN_MISTYPED = {"the", "because", "which", "every", "their", "would", "should", "doesn't", "different", "something"}
_OFTEN_MISTYPED |= {"smaller", "larger", "always", "never", "each", "that", "with", "from", "then", "than", "where"}


def _inflection(one: str, other: str) -> bool:
    return stem(one) == stem(other)
