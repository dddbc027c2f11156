"""The one-line language of a lab's tests: `accuracy: dropout > none + 1`.

    measure: arm > against + margin      above, by more than the margin
    measure: arm < against - margin      below
    measure: arm == against +- margin    equal, within the margin

`against` is another arm or a number. On a measure that is compared by ratio the margin is a factor instead:
`ratio: first < last / 1e6`, `ratio: relu == linear */ 10`. A margin of nothing may be left out, except with `==`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from vivavoce.domain.lab import Comparison, Direction, Measure

_NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]*?"
_FORM = re.compile(
    rf"\s*(?P<measure>{_NAME})\s*:\s*(?P<arm>{_NAME})\s*(?P<sign>==|>|<)\s*(?P<against>{_NUMBER}(?![\w-])|{_NAME})"
    rf"(?:\s+(?P<by>\+-|\*/|\+|-|\*|/)\s*(?P<margin>{_NUMBER}))?\s*"
)
_DIRECTIONS = {">": Direction.ABOVE, "<": Direction.BELOW, "==": Direction.EQUAL}
_SIGNS = {(">", False): "+", ("<", False): "-", ("==", False): "+-"}
_SIGNS |= {(">", True): "*", ("<", True): "/", ("==", True): "*/"}


def parse_test(text: str, measures: Mapping[str, Measure], arms: Mapping[str, str]) -> Comparison:
    """The comparison that a test says. Raises `ValueError` that names what is wrong and what would be right."""
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f'"{text}" is no test; write it as `measure: arm > other-arm + margin` (or <, ==)')
    measure = measures.get(match["measure"])
    if measure is None:
        raise ValueError(f'"{match["measure"]}" is no measure of this lab; there are: {", ".join(measures)}')
    arm, against = match["arm"], match["against"]
    for name in (arm, *(() if re.fullmatch(_NUMBER, against) and against not in arms else (against,))):
        if name not in arms:
            raise ValueError(f'"{name}" is no arm of this lab; there are: {", ".join(arms)}')
    sign, by = match["sign"], match["by"]
    wanted = _SIGNS[sign, measure.log]
    if by is None and sign == "==":
        raise ValueError(f'"{text}" says equal, but not within what margin; end it with `{wanted} margin`')
    if by not in (None, wanted):
        how = "by ratio" if measure.log else "by difference"
        raise ValueError(f'"{measure.name}" is compared {how}: after {sign} the margin is written `{wanted} margin`')
    margin = float(match["margin"]) if by else (1.0 if measure.log else 0.0)
    if (measure.log and margin < 1) or margin < 0:
        raise ValueError(f"the margin is {margin:g}; it must be {'a factor of at least 1' if measure.log else '>= 0'}")
    level: str | float = against if against in arms else float(against)
    if measure.log and isinstance(level, float) and not level > 0:
        raise ValueError(f'"{measure.name}" is compared by ratio, and {level:g} has no logarithm')
    if not math.isfinite(margin):
        raise ValueError("the margin must be finite")
    return Comparison(measure.name, arm, _DIRECTIONS[sign], level, margin, " ".join(text.split()))
