"""Numbers in free text, with what they are counted in: `2.36 M params`, `9.4 MiB`, `3×10^6`, `1,204,224`, `1/4`."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from vivavoce.domain.attempt import Span
from vivavoce.domain.quantity import Dimension

MOST = 2_000
"""Numbers that are read of one answer."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_RAISED = r"(?:\s*(?:\^|\*\*)\s*(?:\{\s*(?P<{0}>[+\-−]?\d+)\s*\}|(?P<{0}_>[+\-−]?\d+))|(?P<{0}__>[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))"
_NUMBER = re.compile(
    r"(?<![A-Za-z_\d])(?<!\d[.,])(?:"
    r"(?P<grouped>\d{1,3}(?P<sep>\{,\}|\\,|[,\u2009\u202f\u00a0'’_ ])\d{3}(?:(?P=sep)\d{3})*(?!\d)(?:\.\d+)?)"
    r"|(?P<comma>\d+,\d{1,2}(?=\s?(?:[kKMGT]|million|billion|thousand)))"
    r"|(?P<plain>\d+(?:\.\d+)?|\.\d+))"
    r"(?P<exponent>[eE][+\-−]?\d+)?(?!\d)"
)
_POWER = re.compile(_RAISED.replace("{0}", "n"))
_TIMES_TEN = re.compile(r"\s*(?:[×x*·⋅]|\\times|\\cdot)\s*10(?!\d)" + _RAISED.replace("{0}", "n"))
_OVER = re.compile(r"\s?/\s?(\d+(?:\.\d+)?)(?![\d.,]*\d)")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|[dD])\b")
_LIST_MARK = re.compile(r"[.)][ \t]")
_WORD = re.compile(r"[ \u00a0\u2009\u202f]?-?[ \u00a0\u2009\u202f]?([A-Za-zµ%]+)")

_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "mio": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_SCALES |= {"kilo": 1e3, "mega": 1e6, "giga": 1e9, "tera": 1e12, "millions": 1e6, "billions": 1e9}
_LETTERS = {"k": (1e3, 2.0**10), "m": (1e6, 2.0**20), "g": (1e9, 2.0**30), "t": (1e12, 2.0**40), "p": (1e15, 2.0**50)}
_COUNTED = """
parameter param weight bias biase value unit pixel position token iteration step update example sample score activation
number filter channel layer batch batche entry entrie element coefficient neuron
"""
_COUNTS = frozenset(_COUNTED.split())
_QUALIFIERS = "trainable learnable total free extra more of in floating point single fused"
_BETWEEN = frozenset(_QUALIFIERS.split())
"""Words that may stand between a number and what it counts."""
_SECOND_WORDS = frozenset(("adds", "add", "accumulates", "accumulate", "operations", "ops"))
"""`multiply-adds` is two words, of which the first says what it is."""
_SCALE_LETTERS = frozenset("kKMmGTP")
_WORK = {
    "flop": 1.0,
    "operation": 1.0,
    "op": 1.0,
    "mac": 2.0,
    "multiplication": 2.0,
    "madd": 2.0,
    "accumulate": 2.0,
    "add": 2.0,
}
_TIMES = {"s": 1.0, "sec": 1.0, "second": 1.0, "minute": 60.0, "min": 60.0, "hour": 3600.0, "day": 86400.0}
_SHORT = re.compile(r"([kmgtp])(i?)(b|bit|byte|flop|mac|madd|param|weight|parameter)s?", re.IGNORECASE)

_LONG = re.compile(r"([kmgtp])(?:ilo|ega|iga|era|eta)(bytes?|bits?|flops?)")


class Role(StrEnum):
    """What a number does where it stands."""

    OUTCOME = "outcome"
    """It is stated, as what something is or comes to."""
    OPERAND = "operand"
    """It is reckoned with."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to read what stands behind a number."""

    dimension: Dimension | None
    """None: no unit was written."""
    factor: float
    """What one of it is, in the smallest unit of its dimension; without one, a plain scale."""


class Weight(IntEnum):
    """How much what stands before a number says that it is a result."""

    MENTIONED = 0
    STATED = 1
    """*has*, *are*, *takes*: said of the number itself, or of what is given."""
    CONCLUDED = 2
    """`=`, *is*, *makes*, *about*."""
    FINAL = 3
    """It is called the answer or the result."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it stands in a text."""

    span: Span
    """With its unit."""
    value: float
    digits: int
    """Significant ones, as written."""
    meanings: tuple[Meaning, ...]
    role: Role
    weight: Weight

    @property
    def has_unit(self) -> bool:
        return all(m.dimension is not None for m in self.meanings)


_OPERATOR_AFTER = re.compile(
    r"[\s)\]$]*(?:[×x*·⋅÷+]|\\times|\\cdot|[-−–/](?=\s*[\d($])|(?:times|plus|minus|over|multiplied|divided)\b)"
    r"(?!\s*[x×]?\s*(?:higher|lower|more|less))"
)
_OPERATOR_BEFORE = re.compile(
    r"(?:[\w)\]}%²³]\s*(?:[×*·⋅÷+/^]|\\times|\\cdot)|[\d)\]]\s*[x−–-]|[,;]\s*[+×*·]|(?:\btimes|\bplus|\bminus|\bover|\bby))[\s(\[$]*$"
)
_COMPOUND = re.compile(r"-[A-Za-z]")
"""`32-bit`, `3-by-3`: it describes something else."""
_CONCLUDES = re.compile(
    r"(?:[=≈≃≅⇒→:]|=>|->|\\approx|\\Rightarrow|\b(?:is|equals?|makes?|gives?|yields?|that's|it's|thats|about|around|"
    r"roughly|approximately|approx\.?|circa|ca\.?|nearly|almost|totals?|comes? (?:out )?(?:to|at|as)|answer|result|so|"
    r"thus|hence|therefore|say))[\s~≈$(*_`]*$",
    re.IGNORECASE,
)
_STATES = re.compile(
    r"\b(?:are|be|was|gets?|got|its|needs?|takes?|holds?|costs?|have|has|just|only|or)[\s~≈$(*_`]*$", re.IGNORECASE
)
_HEADLINE_CHARS = 25
_EXPLAINED = re.compile(r"\s*(?::|[,;.(]?\s*(?:because|since|as|namely|that is|i\.e\.)\b)", re.IGNORECASE)
_APPROXIMATELY = re.compile(
    r"(?:[~≈≃]|\\approx|\b(?:about|around|roughly|approximately|approx\.?|circa|ca\.?|nearly|almost|some|say))[\s$(]*$",
    re.IGNORECASE,
)
_FINAL = re.compile(
    r"\b(?:answer|result|finally|final (?:number|count|value)|altogether|overall|in (?:sum|total))\b[^.\n;]*$",
    re.IGNORECASE,
)


def read_numbers(text: str) -> tuple[Reading, ...]:
    """Every number of a text, in order. `3×3×64 = 576` holds three operands and an outcome."""
    found: list[Reading] = []
    at = 0
    while len(found) < MOST:
        match = _NUMBER.search(text, at)
        if match is None:
            break
        reading = _reading(text, match, found[-1].span.end if found else 0)
        at = match.end() if reading is None else max(match.end(), _end_of_number(text, match))
        if reading is not None:
            found.append(reading)
    return tuple(_with_shapes(text, _with_fractions(text, found)))


def _reading(text: str, match: re.Match[str], before: int) -> Reading | None:
    start, end = match.span()
    if start > 1 and text[start - 1] in "-–" and text[start - 2].isalpha():
        return None  # ResNet-50
    if _ORDINAL.match(text, end):
        return None  # the 3rd, 2D
    if len(match[0]) <= 2 and _LIST_MARK.match(text, end) and not text[_line(text, start) : start].strip(" \t("):
        return None  # 1. of a list
    digits = (match["grouped"] or match["comma"] or match["plain"]).replace(match["sep"] or "_", "")
    digits = digits.replace(",", ".") if match["comma"] else digits
    value = float(digits + (match["exponent"] or "").replace("−", "-"))
    end = _end_of_number(text, match)
    value = _raised(text, match, value)
    if not math.isfinite(value):
        return None
    meanings, stop = _meanings(text, end)
    written = digits.lstrip("0.").replace(".", "")
    lead = text[max(0, before, start - 60) : start]
    # 12,800 is that number and no rounding of another, unless somebody says so.
    rounded = "." not in digits and not match["exponent"] and _APPROXIMATELY.search(lead)
    significant = len(written.rstrip("0") if rounded else written)
    operand = bool(_OPERATOR_AFTER.match(text, end)) or bool(_OPERATOR_AFTER.match(text, stop))
    operand = operand or bool(_OPERATOR_BEFORE.search(text[max(0, start - 20) : start]))
    operand = operand or bool(_COMPOUND.match(text, end))
    return Reading(
        span=Span(start, stop),
        value=value,
        digits=max(1, significant),
        meanings=meanings,
        role=Role.OPERAND if operand else Role.OUTCOME,
        weight=Weight.FINAL if _is_headline(text, before, start, stop) else _weight(lead),
    )


def _weight(lead: str) -> Weight:
    """Of a number, by the words before it."""
    if _FINAL.search(lead):
        return Weight.FINAL
    if _CONCLUDES.search(lead):
        return Weight.CONCLUDED
    return Weight.STATED if _STATES.search(lead) else Weight.MENTIONED


def _is_headline(text: str, before: int, start: int, stop: int) -> bool:
    """Whether the answer begins with this number and goes on to explain it: `73,856: 577 weights for each filter`."""
    return before == 0 and start <= _HEADLINE_CHARS and _EXPLAINED.match(text, stop) is not None


def _line(text: str, at: int) -> int:
    """Where the line begins that holds `at`."""
    return text.rfind("\n", 0, at) + 1


def _end_of_number(text: str, match: re.Match[str]) -> int:
    found = _TIMES_TEN.match(text, match.end()) or _POWER.match(text, match.end())
    return found.end() if found else match.end()


def _raised(text: str, match: re.Match[str], value: float) -> float:
    """`value` with a power of ten or of itself behind it; not finite when it is none that a float can hold."""
    ten = _TIMES_TEN.match(text, match.end())
    power = ten or _POWER.match(text, match.end())
    if power is None:
        return value
    try:
        exponent = int((power["n"] or power["n_"] or power["n__"]).translate(_SUPERSCRIPTS).replace("−", "-"))
        return value * 10.0**exponent if ten else float(value**exponent)
    except (OverflowError, ZeroDivisionError, ValueError):
        return math.inf


def _meanings(text: str, at: int) -> tuple[tuple[Meaning, ...], int]:
    """How the words behind a number can be read, and where they end."""
    words: list[tuple[str, int]] = []
    stop = at
    while len(words) < 4 and (match := _WORD.match(text, stop)) is not None:
        words.append((match[1].lower() if len(match[1]) > 3 else match[1], match.end()))
        stop = match.end()
    scale, first, end = 1.0, 0, at
    if words:
        word, behind = words[0]
        if word in ("%", "percent"):
            return (Meaning(None, 0.01),), behind
        scale = _SCALES.get(word.lower(), 0.0) or (_LETTERS[word.lower()][0] if word in _SCALE_LETTERS else 1.0)
        first, end = (1, behind) if scale != 1.0 else (0, at)
    for n in range(first, len(words)):
        unit = _unit(words[n][0])
        if unit:
            if n + 1 < len(words) and words[n + 1][0] in _SECOND_WORDS:
                n += 1
            return tuple(Meaning(m.dimension, m.factor * scale) for m in unit), words[n][1]
        if words[n][0].lower() not in _BETWEEN:
            break
    return (Meaning(None, scale),), end


def _unit(word: str) -> tuple[Meaning, ...]:
    """What a word counts in; nothing for one that is no unit."""
    if word == "B":
        return (Meaning(Dimension.DATA, 8.0), Meaning(None, 1e9))
    lower = word.lower()
    one = lower if lower in ("s", "b") else lower.removesuffix("s")
    if one in _COUNTS:
        return (Meaning(Dimension.COUNT, 1.0),)
    if one in ("multiply", "mult"):
        return (Meaning(Dimension.WORK, 2.0),)
    if one in _WORK:
        return (Meaning(Dimension.WORK, _WORK[one]),)
    if one in ("byte", "bit"):
        bits = Meaning(Dimension.INFORMATION, math.log(2))
        return (Meaning(Dimension.DATA, 8.0),) if one == "byte" else (Meaning(Dimension.DATA, 1.0), bits)
    if one == "nat":
        return (Meaning(Dimension.INFORMATION, 1.0),)
    if one in _TIMES:
        return (Meaning(Dimension.TIME, _TIMES[one]),)
    long = _LONG.fullmatch(lower)
    short = _SHORT.fullmatch(f"{long[1]}{long[2]}" if long else word)
    return _prefixed(short) if short else ()


def _prefixed(short: re.Match[str]) -> tuple[Meaning, ...]:
    """`MB`, `GiB`, `GFLOPs`. A prefix of bytes is read as a power of ten or of two, as both are written; `Mb` too."""
    decimal, binary = _LETTERS[short[1].lower()]
    what = short[3].lower()
    if what in ("param", "parameter", "weight"):
        return (Meaning(Dimension.COUNT, decimal),)
    if what not in ("b", "byte", "bit"):
        return (Meaning(Dimension.WORK, decimal * _WORK[what]),)
    sizes = (binary,) if short[2] else (decimal, binary)
    units = {"byte": (8.0,), "bit": (1.0,)}.get(what, (8.0,) if short[3] == "B" or short[0].islower() else (1.0, 8.0))
    return tuple(Meaning(Dimension.DATA, size * unit) for unit in units for size in sizes)


def _with_fractions(text: str, readings: list[Reading]) -> list[Reading]:
    """With `1/4` as one outcome where nothing more is reckoned with it."""
    found = []
    for n, reading in enumerate(readings):
        found.append(reading)
        over = _OVER.match(text, reading.span.end)
        follows = n + 1 < len(readings) and over is not None and readings[n + 1].span.start == over.start(1)
        before = _OPERATOR_BEFORE.search(text[max(0, reading.span.start - 20) : reading.span.start])
        if over is None or not follows or before or float(over[1]) == 0:
            continue
        below = readings[n + 1]
        behind = text[below.span.end :]
        if _OPERATOR_AFTER.match(behind) or re.match(r"\s*[=≈^]", behind):
            continue
        span = Span(reading.span.start, below.span.end)
        found.append(
            Reading(
                span,
                reading.value / below.value,
                99,
                below.meanings,
                Role.OUTCOME,
                reading.weight,
            )
        )
    return found


_SHAPE = re.compile(r"(?<![\w×*·.])(\d+)\s*[x×*]\s*(\d+)(?:\s*[x×*]\s*(\d+))?(?!\s*[\d×x*·+/=^.-])(?!\w)")


def _with_shapes(text: str, readings: list[Reading]) -> list[Reading]:
    """With `112 × 112` as an outcome of 112: the size of a square map is said like that."""
    for shape in _SHAPE.finditer(text):
        if shape[1] != shape[2]:
            continue
        lead = text[max(0, shape.start() - 60) : shape.start()]
        if _OPERATOR_BEFORE.search(lead[-20:]):
            continue
        here = next((n for n, r in enumerate(readings) if r.span.start == shape.start()), None)
        if here is None:
            continue
        whole = Reading(
            Span(*shape.span()),
            float(shape[1]),
            len(shape[1]),
            (Meaning(None, 1.0),),
            Role.OUTCOME,
            _weight(lead),
        )
        last = max(n for n, r in enumerate(readings) if r.span.start < shape.end())
        readings = [*readings[: last + 1], whole, *readings[last + 1 :]]
    return readings
