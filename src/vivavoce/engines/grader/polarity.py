"""Denials and directions: what turns a near copy of a true sentence into a false one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from vivavoce.engines.grader.text import Word, stem

_NEGATION_WORDS = """
no not never neither nor none nothing nobody nowhere without cannot can't don't doesn't didn't isn't aren't
wasn't weren't won't wouldn't shouldn't couldn't hasn't haven't hardly barely scarcely cant dont doesnt didnt
isnt arent wont ain't irrelevant unnecessary impossible fails fail failed lacks lack lacking avoids avoid
prevents prevent stops unaffected independent false wrong incorrect myth
"""
_NEGATION = frozenset(_NEGATION_WORDS.split())
_NOT_A_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|simply|necessarily)\b|\bno (?:longer|doubt|matter|wonder)\b|\bwhy not\b|"
    r"\bor not\b|\bno,",
    re.IGNORECASE,
)

_OPPOSITES = """
increase/decrease increase/fall increase/drop rise/fall grow/shrink raise/lower more/less more/fewer
higher/lower high/low larger/smaller bigger/smaller large/small big/small before/after train/test
training/inference training/validation up/down maximise/minimise faster/slower fast/slow first/last early/late
all/none always/never same/different add/remove add/subtract multiply/divide multiply/add positive/negative
input/output encoder/decoder forward/backward inside/outside wide/narrow deep/shallow left/right strong/weak
stronger/weaker better/worse good/bad easy/hard cheap/expensive linear/nonlinear convex/concave biased/unbiased
local/global overfit/underfit overfitting/underfitting l1/l2 above/below gain/lose longer/shorter long/short
exact/approximate sparse/dense row/column rows/columns noisy/smooth noisier/steadier explode/vanish
exploding/vanishing zero/nonzero one/zero generator/discriminator real/fake query/key key/value bias/variance
mean/sum average/sum product/sum channel/sample finite/infinite bounded/unbounded together/separately
coupled/decoupled shared/separate saturated/active upper/lower top/bottom numerator/denominator constant/growing
fixed/learned helps/hurts improve/worsen widen/narrow squared/absolute cause/effect
"""


def _surface() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in _OPPOSITES.split():
        one, other = pair.split("/")
        found[one] = (*found.get(one, ()), other)
        found[other] = (*found.get(other, ()), one)
    return found


OPPOSITE_WORDS = _surface()
"""Words as typed to their opposites."""


def _pairs() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for pair in _OPPOSITES.split():
        one, other = (stem(side) for side in pair.split("/"))
        if one != other:
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {word: frozenset(others) for word, others in found.items()}


OPPOSITES = _pairs()
"""The same by stem."""


def denials(text: str, inside: Iterable[Word]) -> int:
    """How often `text` denies something. A plain *not only* or *no longer* does not count."""
    return max(0, sum(w.text in _NEGATION for w in inside) - len(_NOT_A_DENIAL.findall(text)))


def is_denial(between: Iterable[Word]) -> bool:
    """Whether any of these words denies something."""
    return any(w.text in _NEGATION for w in between)


def flips(reference: frozenset[str], window: frozenset[str]) -> int:
    """Direction words (stems) of `window` whose opposite stands in `reference` and which do not stand there themselves.

    `increases` against a reference with `decreases` is one flip; a window that has both, as a comparison does, is none.
    """
    return sum(
        1 for word in window - reference if any(o in reference and o not in window for o in OPPOSITES.get(word, ()))
    )
