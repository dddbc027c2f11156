"""What the pages of labs show, put together: claims with their rulings, pictures, predictions, sliders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from vivavoce.domain.exhibit import Log
from vivavoce.domain.ids import ItemId
from vivavoce.domain.lab import Effect, Illustration, Lab, LabClaim, LabResult, Outcome, Parameter, Ruled, Settings
from vivavoce.domain.lab_run import Prediction
from vivavoce.services.lab_words import (
    OUTCOME_WORDS,
    check_text,
    comparison_words,
    effect_text,
    seeds_text,
    verdict_sentence,
)
from vivavoce.services.predict import Compared, PredictionForm, compare, ways
from vivavoce.surfaces.plots.alternative import illustration_words
from vivavoce.surfaces.plots.lab_figure import figure_svg

_WIDE_RANGE = 100
"""From this ratio of its ends on, a slider moves by factors."""


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One condition of a claim, or of its check."""

    condition: str
    outcome: Outcome
    words: str
    seeds: str
    diverged: str
    check: bool = False


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as its page shows it."""

    claim: LabClaim
    tested: str
    """The test in words."""
    form: PredictionForm
    ruled: Ruled | None
    sentence: str
    """The verdict without its first word."""
    rows: tuple[EffectRow, ...]
    figures: tuple[Markup, ...]
    """Wide and narrow, of a run under way; one of them is displayed."""
    picture: str
    """Where a page finds the picture once it is drawn itself; empty where there is none."""
    prediction: Prediction | None
    compared: Compared | None
    shown: bool
    """Whether the outcome may be seen: predicted, or asked for."""


@dataclass(frozen=True, slots=True)
class Slider:
    """One parameter to change."""

    parameter: Parameter
    value: str
    default: str
    log: bool
    """Whether the slider moves by factors."""
    changed: bool
    """Whether `value` is not the default."""


@dataclass(frozen=True, slots=True)
class Look:
    """One illustration: where its picture is found, or a text."""

    title: str
    picture: str
    text: str
    words: str
    """What the picture says."""


def claim_views(
    lab: Lab,
    result: LabResult | None,
    predictions: Mapping[str, Prediction],
    *,
    shown: bool,
    pictures: str = "",
    live: tuple[Markup, ...] = (),
) -> tuple[ClaimView, ...]:
    """Every claim of a lab with what `result` says of it.

    Pictures are found at the address `pictures`; `live` is the first claim's while a run is under way.
    """
    found: list[ClaimView] = []
    for name, claim in lab.claims.items():
        ruled = result.ruled.get(name) if result else None
        prediction = predictions.get(name)
        visible = shown or prediction is not None
        drawn = result is not None and visible and bool(result.measurements)
        found.append(
            ClaimView(
                claim=claim,
                tested=comparison_words(lab, claim),
                form=ways(lab, name),
                ruled=ruled,
                sentence=_without_word(lab, ruled) if ruled else "",
                rows=_rows(lab, claim, ruled) if ruled else (),
                figures=live if not found else (),
                picture=f"{pictures}/picture/{name}" if pictures and drawn else "",
                prediction=prediction,
                compared=compare(lab, prediction, result) if prediction and result and ruled else None,
                shown=visible,
            )
        )
    return tuple(found)


def sliders(lab: Lab, settings: Settings) -> tuple[Slider, ...]:
    """Every parameter with its value in `settings`."""
    defaults = lab.defaults()
    return tuple(
        Slider(
            parameter=p,
            value=number_words(p.exact(settings.get(name, p.default))),
            default=number_words(p.exact(p.default)),
            log=_by_factors(p),
            changed=p.exact(settings.get(name, p.default)) != defaults[name],
        )
        for name, p in lab.parameters.items()
    )


def settings_words(lab: Lab, settings: Settings) -> str:
    """What differs from the defaults: `shift 4, epochs 20`, or `defaults`."""
    changed = [f"{s.parameter.name} {s.value}" for s in sliders(lab, settings) if s.changed]
    return ", ".join(changed) or "defaults"


def looks(shown: Sequence[Illustration], pictures: str) -> tuple[Look, ...]:
    """What a lab shows of one seed; pictures are found at the address `pictures`."""
    return tuple(
        Look(one.title, "", one.text, "")
        if isinstance(one, Log)
        else Look(one.title, f"{pictures}/look/{n}", "", illustration_words(one))
        for n, one in enumerate(shown)
    )


def number_words(value: float | str) -> str:
    """A setting as one types it."""
    if isinstance(value, str | int):
        return str(value)
    return f"{value:.6g}"


def lab_url(item: ItemId, claim: str = "") -> str:
    """The address of a lab, or of one of its claims."""
    return f"/lab/{item}#claim-{claim}" if claim else f"/lab/{item}"


def _without_word(lab: Lab, ruled: Ruled) -> str:
    """A verdict without the word that the page shows beside its sign."""
    rest = verdict_sentence(lab, ruled).removeprefix(OUTCOME_WORDS[ruled.outcome].capitalize()).lstrip(":. ")
    return rest[:1].upper() + rest[1:]


def figure_pair(lab: Lab, result: LabResult, claim: str) -> tuple[Markup, ...]:
    """The picture of a claim, wide and narrow. Takes a while the first time."""
    return tuple(Markup(figure_svg(lab, result, claim, "page", narrow)) for narrow in (False, True))  # noqa: S704


def _rows(lab: Lab, claim: LabClaim, ruled: Ruled) -> tuple[EffectRow, ...]:
    rows = [_row(effect, effect_text(lab, claim, effect)) for effect in ruled.effects]
    return (*rows, *(_row(effect, check_text(lab, claim, effect), check=True) for effect in ruled.check))


def _row(effect: Effect, words: str, *, check: bool = False) -> EffectRow:
    diverged = ", ".join(f"{arm} diverged in {count} of {effect.seeds}" for arm, count in effect.diverged.items())
    return EffectRow(effect.condition, effect.outcome, words, seeds_text(effect), diverged, check)


def _by_factors(parameter: Parameter) -> bool:
    low, high = parameter.low, parameter.high
    return not parameter.whole and low is not None and high is not None and low > 0 and high / low >= _WIDE_RANGE
