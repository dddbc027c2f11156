"""A claim drawn so that it can be seen: what each arm gave seed by seed, and the differences over the margin."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from vivavoce.domain.lab import PLAIN, Direction, Effect, Lab, LabClaim, LabResult, Measure, Outcome
from vivavoce.services.lab_numbers import Spread, gaps, spreads
from vivavoce.services.lab_words import OUTCOME_WORDS, number, unit_text
from vivavoce.surfaces.plots.panel import Panel, jitter, wrapped
from vivavoce.surfaces.plots.style import ARMS, DASHES, MARKERS, Theme

_NUMBER = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*)", re.DOTALL)
_FEWEST_ON_AXIS = 3
_LONG = 16
SIGNS = {Outcome.SUPPORTED: "✓", Outcome.REFUTED: "✗", Outcome.INCONCLUSIVE: "?", Outcome.DEPENDS: "?"}
_ROOM = 40
"""Letters of an axis label's line."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where a claim's conditions stand along the axis that is not the measured one."""

    at: dict[str, float]
    numeric: bool
    log: bool
    step: float
    """Room that one condition has, in units of the axis (of its logarithm)."""

    def shifted(self, condition: str, share: float, at: float | None = None) -> float:
        """A place beside a condition's (or beside `at`), by a share of its room."""
        place = self.at[condition] if at is None else at
        return place * 10 ** (share * self.step) if self.log else place + share * self.step


def places_of(conditions: Sequence[str]) -> Places:
    """Numbers along a numeric axis where conditions are at least three of them; else one row after another."""
    read = [_NUMBER.fullmatch(c) for c in conditions]
    if len(conditions) >= _FEWEST_ON_AXIS and all(read) and len({m[2] for m in read if m}) == 1:
        values = [float(m[1]) for m in read if m]
        if len(set(values)) == len(values):
            ordered = sorted(values)
            log = ordered[0] > 0 and ordered[-1] / ordered[0] >= 8
            ends = [math.log10(v) for v in ordered] if log else ordered
            step = min(b - a for a, b in pairwise(ends))
            return Places(dict(zip(conditions, values, strict=True)), True, log, step)
    return Places({c: float(n) for n, c in enumerate(conditions)}, False, False, 1.0)


def draw_arms(axes: Axes, lab: Lab, claim: LabClaim, result: LabResult, theme: Theme, narrow: bool) -> None:
    """What each arm gave: a dot a seed, mean and interval; arms that the claim does not name are faint."""
    measure, conditions = lab.measures[claim.test.measure], lab.conditions_of(claim)
    places, found = places_of(conditions), spreads(lab, claim, result)
    panel = Panel(axes, theme, upright=places.numeric, log=measure.log, percent=measure.yes_no)
    nan = -math.inf if measure.better == "higher" else math.inf
    arms, rows = list(lab.arms), conditions == (PLAIN,)
    named = {claim.test.arm, claim.test.against}
    for n, arm in enumerate(arms):
        of_arm = [s for s in found if s.arm == arm]
        share = 0.0 if len(arms) == 1 else 0.6 * (n / (len(arms) - 1) - 0.5)
        at = [
            float(n) if rows else places.shifted(s.condition, 0.6 * share if places.numeric else share) for s in of_arm
        ]
        faint = arm not in named
        width = 0.5 if rows else (0.25 if places.numeric else 0.4) / len(arms)
        for place, spread in zip(at, of_arm, strict=True):
            near = [
                place + width * jitter(k) if rows else places.shifted(spread.condition, width * jitter(k), at=place)
                for k in range(len(spread.values))
            ]
            panel.dots(near, spread.values, theme.arm(n), MARKERS[n % ARMS], faint=faint, nan=nan)
            if spread.interval is not None:
                panel.interval(place, spread.interval, theme.arm(n), faint=faint)
        if places.numeric:
            _join(axes, at, of_arm, theme.arm(n), n, faint)
    if isinstance(claim.test.against, float):
        panel.level(claim.test.against, dashed=True)
    panel.finish(axis_label(measure), _ROOM)
    if rows:
        panel.positions(list(range(len(arms))), arms)
    else:
        _name_places(panel, places, lab.axis, {})
        axes.legend(
            handles=[_key(theme, n, arm, arm not in named) for n, arm in enumerate(arms)],
            loc="lower right" if narrow else "lower left",
            bbox_to_anchor=(1.0 if narrow else 0.0, 1.0),
            ncols=_columns(arms, narrow),
            frameon=False,
            borderaxespad=0.2,
            handletextpad=0.3,
            columnspacing=1.0,
            labelcolor=theme["ink"],
        )


def draw_gaps(axes: Axes, lab: Lab, claim: LabClaim, result: LabResult, theme: Theme) -> None:
    """The paired differences (ratios; the arm's own values against a number) over the margin, with the interval."""
    test, measure = claim.test, lab.measures[claim.test.measure]
    conditions = lab.conditions_of(claim)
    places = places_of(conditions)
    panel = Panel(axes, theme, upright=places.numeric, log=measure.log, percent=measure.yes_no)
    low, level, high = margins(claim, measure)
    if low < high:
        panel.band(low, high)
    panel.level(level)
    ruled = result.ruled.get(claim.id)
    effects = {e.condition: e for e in ruled.effects} if ruled else {}
    nan = -math.inf if measure.better == "higher" else math.inf
    for condition in conditions:
        values = [value for _, value in gaps(test, measure, result.measurements, condition)]
        effect = effects.get(condition)
        near = [places.shifted(condition, 0.35 * jitter(k)) for k in range(len(values))]
        panel.dots(near, values, theme["soft"], "o", faint=False, nan=nan)
        if effect is not None:
            _effect(panel, places, condition, effect, theme)
    panel.finish(gap_label(claim, measure), _ROOM)
    if conditions == (PLAIN,):
        panel.positions([0.0], [""])
    else:
        signs = {c: SIGNS[e.outcome] for c, e in effects.items()}
        _name_places(panel, places, lab.axis if places.numeric else "", signs)


def margins(claim: LabClaim, measure: Measure) -> tuple[float, float, float]:
    """Lower end of what is too small to matter, the level compared with, upper end; in the unit shown."""
    test = claim.test
    level = test.against if isinstance(test.against, float) else (1.0 if measure.log else 0.0)
    if measure.log:
        return level / test.margin, level, level * test.margin
    return level - test.margin, level, level + test.margin


def axis_label(measure: Measure) -> str:
    """What is measured, with its unit."""
    unit = "% of seeds" if measure.yes_no else measure.unit
    return f"{measure.says} ({unit})" if unit and unit not in measure.says else measure.says


def gap_label(claim: LabClaim, measure: Measure) -> str:
    """What is compared with what, with the unit."""
    test = claim.test
    if isinstance(test.against, float):
        return f"{test.arm}: {axis_label(measure)}"
    if measure.log:
        return f"{test.arm} ÷ {test.against}"
    unit = unit_text(measure, difference=True)
    return f"{test.arm} − {test.against} ({unit})" if unit else f"{test.arm} − {test.against}"


def claimed_words(lab: Lab, claim: LabClaim) -> str:
    """Where the dots would have to lie for the claim to hold, and what the signs of outcomes mean."""
    measure = lab.measures[claim.test.measure]
    low, _, high = (100 * v if measure.yes_no else v for v in margins(claim, measure))
    words = {
        Direction.EQUAL: f"claimed: between {number(low)} and {number(high)}",
        Direction.ABOVE: f"claimed: above {number(high)}",
        Direction.BELOW: f"claimed: below {number(low)}",
    }[claim.test.direction]
    numeric = places_of(lab.conditions_of(claim)).numeric
    return f"{words}\n✓ supported  ✗ refuted  ? undecided" if numeric else words


def _effect(panel: Panel, places: Places, condition: str, effect: Effect, theme: Theme) -> None:
    """The interval in the colour of its outcome, with the word."""
    colour = theme[effect.outcome.value]
    drawn = None not in (effect.estimate, effect.low, effect.high) and not effect.counted
    at = places.shifted(condition, 0.0 if places.numeric else 0.3)
    if drawn:
        assert effect.estimate is not None  # with `drawn`
        assert effect.low is not None
        assert effect.high is not None
        panel.interval(at, (effect.estimate, effect.low, effect.high), colour)
    if not places.numeric:
        words = f"{OUTCOME_WORDS[effect.outcome]}: {effect.seeds_for} of {effect.seeds} seeds agree"
        panel.axes.annotate(
            words,
            (0.5, places.shifted(condition, -0.36)),
            xycoords=panel.axes.get_yaxis_transform(),
            ha="center",
            va="center",
            color=colour,
            fontweight="bold",
        )


def _name_places(panel: Panel, places: Places, label: str, signs: dict[str, str]) -> None:
    """The conditions along their axis; on a numeric one with the sign of each outcome."""
    if not places.numeric:
        panel.positions(list(places.at.values()), [_over_two(name) for name in places.at])
        if label and len(places.at) > 1:
            panel.axes.set_ylabel(wrapped(label, 10 + 8 * len(places.at)))
        return
    values = sorted(places.at.values())
    low, high, pad = values[0], values[-1], 0.5 * places.step
    if places.log:
        panel.axes.set_xlim(low, high)
        panel.axes.set_xscale("log")
    panel.axes.set_xlim(*((low / 10**pad, high * 10**pad) if places.log else (low - pad, high + pad)))
    names = {value: name for name, value in places.at.items()}
    panel.positions(values, ["\n".join(filter(None, (_bare(names[v]), signs.get(names[v])))) for v in values], label)


def _join(axes: Axes, at: Sequence[float], of_arm: Sequence[Spread], colour: str, n: int, faint: bool) -> None:
    means = [s.interval[0] if s.interval else math.nan for s in of_arm]
    pairs = sorted(zip(at, means, strict=True))
    axes.plot(
        [p for p, _ in pairs],
        [v for _, v in pairs],
        color=colour,
        linestyle=DASHES[n % ARMS],
        linewidth=1.2,
        alpha=0.45 if faint else 0.9,
        zorder=2,
    )


def _key(theme: Theme, n: int, arm: str, faint: bool) -> Line2D:
    colour = theme.arm(n)
    return Line2D(
        [],
        [],
        linestyle="none",
        marker=MARKERS[n % ARMS],
        markersize=5,
        color=colour,
        label=arm,
        alpha=0.5 if faint else 1,
    )


def _columns(names: Sequence[str], narrow: bool) -> int:
    """As many as fit beside one another."""
    room = 30 if narrow else 42
    return max(n for n in (1, 2, 3) if n == 1 or max(map(len, names)) * n + 4 * n <= room)


def _bare(condition: str) -> str:
    found = _NUMBER.fullmatch(condition)
    return found[1] if found else condition


def _over_two(name: str) -> str:
    """A long name over two lines."""
    if len(name) <= _LONG:
        return name
    middle = min((n for n, c in enumerate(name) if c == " "), key=lambda n: abs(n - len(name) / 2), default=0)
    return f"{name[:middle]}\n{name[middle + 1 :]}" if middle else name
