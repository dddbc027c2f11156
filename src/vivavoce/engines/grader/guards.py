"""What in an answer is no answer: found by fixed rules before anything is compared.

A flagged sentence earns nothing and never lowers what the other sentences earn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vivavoce.domain.attempt import Flag, Flagged, Span
from vivavoce.engines.grader.text import FUNCTION_WORDS, Word, has_relation, words
from vivavoce.engines.grader.windows import sentences

COPIED_PAIRS = 0.6
"""A sentence is the question said back if this share of its word pairs stands in the question …"""
COPIED_WORDS = 0.75
"""… and this share of its content words."""
COPIED_LENGTH = 7
"""Fewer words may coincide: a short quote is how one begins to answer."""
COPIED_RUN = 4
"""… and so many word pairs in a row: terms of a question about code come back in every answer."""
LIST_ITEMS = 8
"""So many short items in a row, and nothing that relates them, are a list of keywords; fewer may answer *name some*."""
LIST_ITEM_WORDS = 2
LIST_RUN = 12
"""So many words without punctuation or grammar are a list of keywords too."""
LIST_GRAMMAR = 0.1
"""Sentences, even terse notes, have a larger share of function words than this."""
LIST_FRAME = 0.25
"""A list may be framed (*it is about … and so on*); talk full of *um* and *you know* has more function words."""
LIST_SENTENCES = 6
"""So many *sentences* of one or two words in a row are a list with full stops."""

LATIN = 0x24F
"""The last of the Latin letters in Unicode's first blocks."""

_GRADING = r"(?:marks?|points?|scores?|credits?|grades?|rating)"
_ORDERS = r"(?:instructions?|rubrics?|grading|marking\s+scheme|guidelines|system\s+prompt|prompt|directions)"
_INSTRUCTION = re.compile(
    rf"""\b(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?]{{0,40}}\b(?:{_ORDERS}|(?:the|all|any|your|these|those)\s+(?:criteria|rules))\b
    |\b(?:give|award|grant|assign|allocate|deserves?|gets?|receives?|earns?|return|output)\b[^.!?]{{0,30}}\b(?:full|maximum|max|top|perfect|highest|all(?:\s+the)?|every|100\s?%?|10\s?/\s?10)\s+(?:possible\s+|available\s+)?{_GRADING}\b
    |\b(?:full|maximum|perfect)\s+(?:marks|credit|score)\b[^.!?]{{0,30}}\bplease\b
    |\bas\s+(?:an?|the|my|your)\s+(?:grader|examiner|marker|evaluator|assessor|grading\s+\w+|ai|language\s+model|assistant|llm)\b
    |\b(?:dear|hey|attention|note\s+to(?:\s+the)?)\s+(?:grader|examiner|marker|evaluator|model|ai|assistant)\b
    |\b(?:grader|examiner|marker|evaluator)\s+(?:must|should|shall|will|is\s+to|has\s+to|needs\s+to)\b
    |\byou\s+(?:must|should|shall|will|are\s+to|have\s+to|need\s+to)\s+(?:now\s+)?(?:mark|grade|score|rate|accept|award|output|return|respond|reply)
        \s+(?:this|my|me|it\s+as|with|only|\d|full|max\w*|all\s+(?:points|marks|criteria)|every\s+criteri\w+|the\s+answer)\b
    |\b(?:mark|grade|rate|score|accept|treat|count|consider)\s+(?:this|my|the|it|all|every|each)\b[^.!?]{{0,30}}\b(?:as\s+(?:correct|met|passed|complete|full|right|excellent|satisfied)|correct)\b
    |\b(?:this|my|the)\s+answer\s+(?:is|should\s+be|meets|satisfies|fulfils|covers)[^.!?]{{0,20}}\b(?:correct|complete|perfect|all|every)\b[^.!?]{{0,20}}(?:criteri|rubric|requirement|$)
    |\b(?:all|every|each)\s+(?:the\s+|of\s+the\s+)?(?:criteri\w+|rubric\s+\w+|requirements?)\s+(?:are|is|have\s+been|has\s+been|were|was)\s+(?:met|satisfied|fulfilled|covered)\b
    |<\|?(?:system|im_start|im_end|endoftext)\|?>|\[/?INST\]|^\s*(?:system|assistant)\s*:""",
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)
_DONT_KNOW = re.compile(
    r"\b(?:(?:i|we)\s+(?:really\s+|just\s+|honestly\s+|sadly\s+)?(?:(?:don['’]?t|do\s+not|didn['’]?t|can['’]?t|cannot)"
    r"\s+(?:really\s+|even\s+|actually\s+)?(?:know|remember|recall)|(?:can['’]?t|cannot)\s+(?:answer|say|tell))\b|"
    r"(?:i\s+have\s+|i['’]ve\s+(?:got\s+)?)?no\s+(?:idea|clue)\b|"
    r"i\s+have(?:n['’]?t| not)\s+(?:a\s+clue|heard|learn\w*|studied)|not\s+sure\b|idk\b|dunno\b|"
    r"i\s+forgot\b|i\s+give\s+up\b|i\s+pass\b|^\W*(?:pass|skip|no answer|n/?a)\W*$)",
    re.IGNORECASE,
)
_TALK_WORDS = """
sorry honestly really know remember idea clue sure answer question heard forgot forget pass skip idk dunno never
learn studied study topic today ask asked tell exactly anything moment next please move unfortunately afraid
"""
_TALK = frozenset(_TALK_WORDS.split())
_FOREIGN_WORDS = """
der die das und ist nicht ein eine mit für auf von dem den sind wird werden durch wenn le la les des est et une
dans pour que qui avec pas sur plus sont cette par il elle du au el los las es y en un una por para con no se
del más como son pero il che di per non sono della nel gli o os as um uma é em com não mais het een niet van
zijn och att som är inte jest nie się na to że ile olarak bir ve bu için ile
"""
_FOREIGN = frozenset(_FOREIGN_WORDS.split()) - FUNCTION_WORDS
_ITEM_END = re.compile(r"[,;/|•·]|\band\b", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:is|are|was|be|has|have|do|does|can|will|may|must|isn['’]t|aren['’]t|don['’]t|doesn['’]t)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Guarded:
    """The sentences that may earn something, and what was said of the others."""

    allowed: tuple[Span, ...]
    flags: tuple[Flagged, ...]


def guard(answer: str, prompt: str) -> Guarded:
    """Look at every sentence of `answer`. The flags *off-topic* and *too short* need more than rules: see `local`."""
    every = sentences(answer)
    if not any(c.isalnum() for c in answer) and not has_relation(answer):
        return Guarded((), (Flagged(Flag.EMPTY),))
    asked = words(prompt)
    rules: tuple[tuple[Flag, Callable[[str, Sequence[Word]], bool]], ...] = (
        (Flag.INSTRUCTION, lambda text, _: _INSTRUCTION.search(text) is not None),
        (Flag.DONT_KNOW, _is_dont_know),
        (Flag.NOT_ENGLISH, _is_not_english),
        (Flag.COPIED_QUESTION, lambda _, inside: _is_copied(inside, asked)),
        (Flag.KEYWORD_LIST, _is_keyword_list),
    )
    listed = _listed(answer, every)
    allowed: list[Span] = []
    caught: dict[Flag, list[Span]] = {}
    for sentence in every:
        text = sentence.of(answer)
        inside = words(text)
        flag = next((f for f, applies in rules if applies(text, inside)), None)
        if flag is None and sentence in listed:
            flag = Flag.KEYWORD_LIST
        if flag is None:
            allowed.append(sentence)
        else:
            caught.setdefault(flag, []).append(sentence)
    flags = tuple(Flagged(f, tuple(caught[f])) for f, _ in rules if f in caught)
    if len(flags) == 1 and not any(words(s.of(answer)) for s in allowed):
        flags = (Flagged(flags[0].flag),)
    return Guarded(tuple(allowed), flags)


def _is_dont_know(text: str, inside: Sequence[Word]) -> bool:
    """Only that: a sentence that goes on to say something is left alone."""
    said = [w for w in inside if w.content and w.text not in _TALK]
    return _DONT_KNOW.search(text) is not None and len(said) <= 2 and not has_relation(text)


def _is_not_english(_: str, inside: Sequence[Word]) -> bool:
    letters = sum(len(w.text) for w in inside if not w.text[0].isdigit())
    other = sum(len(w.text) for w in inside if any(ord(c) > LATIN for c in w.text) and not _is_symbol(w.text))
    if letters >= 4 and other > 0.5 * letters:
        return True
    plain = [w for w in inside if w.text.isalpha() and len(w.text) > 1]
    foreign = sum(w.text in _FOREIGN for w in plain)
    english = sum(w.text in FUNCTION_WORDS for w in plain)
    return len(plain) >= 4 and foreign >= 2 and foreign >= 0.2 * len(plain) and foreign > 2 * english


def _is_symbol(word: str) -> bool:
    """Letters of a formula: mathematical ones, and Greek ones that make no word."""
    name = unicodedata.name(word[0], "")
    return name.startswith("MATHEMATICAL") or (name.startswith("GREEK") and len(word) <= 2)


def _is_copied(inside: Sequence[Word], asked: Sequence[Word]) -> bool:
    if len(inside) < COPIED_LENGTH:
        return False
    pairs = [(a.stem, b.stem) for a, b in pairwise(inside)]
    known = {(a.stem, b.stem) for a, b in pairwise(asked)}
    stems = {w.stem for w in asked}
    content = [w for w in inside if w.content]
    same = sum(w.stem in stems for w in content)
    run = longest = 0
    for pair in pairs:
        run = run + 1 if pair in known else 0
        longest = max(longest, run)
    often = sum(p in known for p in pairs) >= COPIED_PAIRS * len(pairs)
    return often and longest >= COPIED_RUN and same >= COPIED_WORDS * len(content)


def _is_keyword_list(text: str, inside: Sequence[Word]) -> bool:
    if has_relation(text):
        return False
    grammar = sum(w.text in FUNCTION_WORDS and w.text != "and" for w in inside) / max(len(inside), 1)
    lengths = sorted(len(words(item)) for item in _ITEM_END.split(text) if item.strip())
    if len(lengths) >= LIST_ITEMS and lengths[int(0.75 * len(lengths))] <= LIST_ITEM_WORDS:
        return grammar <= LIST_FRAME
    return lengths[-1:] >= [LIST_RUN] and grammar <= LIST_GRAMMAR and _VERB.search(text) is None


def _listed(answer: str, every: Sequence[Span]) -> frozenset[Span]:
    """Sentences of one or two words that stand in a long row of such."""
    found: list[Span] = []
    row: list[Span] = []
    for sentence in [*every, None]:
        if sentence is not None and len(words(sentence.of(answer))) <= LIST_ITEM_WORDS:
            row.append(sentence)
            continue
        if len(row) >= LIST_SENTENCES and not has_relation(answer[row[0].start : row[-1].end]):
            found += row
        row = []
    return frozenset(found)
