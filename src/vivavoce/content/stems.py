"""Words by their stems: enough to see that two English texts are about the same things."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9]+")
_STOP_WORDS = """
a about after all also an and any are as at be because been before being between both but by can could did do
does doing each even every few for from get give had has have having he her here how i if in into is it its just
like made make many may me might mine more most much must my need no nor not of off often on once one only or
other our out over own per say same she should so some such take tell than that the their them then there these
they thing this those though to too under until up very was way we well were what when where
which while who why will with without would you your
"""
_STOP = frozenset(_STOP_WORDS.split())
_IRREGULAR = {"used": "use", "uses": "use", "using": "use"}
_ENDINGS = (
    ("isations", "iz"), ("izations", "iz"), ("isation", "iz"), ("ization", "iz"), ("ations", ""), ("ation", ""),
    ("ising", "iz"), ("izing", "iz"), ("ised", "iz"), ("ized", "iz"), ("ises", "iz"), ("izes", "iz"),
    ("ise", "iz"), ("ize", "iz"), ("iser", "iz"), ("izer", "iz"),
    ("fulness", ""), ("nesses", ""), ("ness", ""), ("ments", ""), ("ment", ""), ("ingly", ""), ("edly", ""),
    ("ities", ""), ("ity", ""), ("ically", "ic"), ("ally", "al"), ("ives", ""), ("ive", ""),
    ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ions", ""), ("ion", ""), ("ed", ""), ("ers", ""),
    ("er", ""), ("es", ""), ("ly", ""), ("s", ""), ("e", ""),
)  # fmt: skip


def stems(text: str) -> frozenset[str]:
    """The stems of a text's words, without the words that every text has."""
    return frozenset(stem(word) for word in _WORD.findall(text.lower()) if word not in _STOP and len(word) > 1)


def stem(word: str) -> str:
    """`word` (lower case) without its ending. Never shorter than three letters, except when `word` is."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, replacement in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            if ending == "s" and word.endswith(("ss", "us", "is")):
                return word
            found = word[: -len(ending)] + replacement
            # runn(ing), stopp(ed)
            return found[:-1] if not replacement and len(found) > 3 and found[-1] == found[-2] not in "sl" else found
    return word
