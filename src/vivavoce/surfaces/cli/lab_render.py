"""Labs, verdicts and proofs as a terminal shows them, and as plain data for `--json`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from vivavoce.domain.lab import PLAIN, Effect, Lab, LabClaim, LabResult, Outcome, Ruled, RunState, Settings
from vivavoce.services.experiment import RunView
from vivavoce.services.flips import Flip, flips, would_change
from vivavoce.services.lab_export import plain
from vivavoce.services.lab_words import (
    OUTCOME_WORDS,
    STATE_WORDS,
    check_text,
    comparison_words,
    effect_text,
    seeds_text,
)
from vivavoce.services.labs import LabPage, range_text
from vivavoce.services.predict import Compared
from vivavoce.surfaces.cli.console import OUTCOME_STYLE
from vivavoce.surfaces.cli.lab_plot import seed_lines
from vivavoce.surfaces.cli.render import counted

_IN = (0, 0, 0, 2)


def outcomes_text(outcomes: Mapping[str, Outcome]) -> Text:
    """The outcomes of a lab's claims, in their order."""
    text = Text()
    for outcome in outcomes.values():
        text.append(("" if not text else ", ") + OUTCOME_WORDS[outcome], OUTCOME_STYLE[outcome])
    return text if text else Text("no result yet", "bright_black")


def lab_view(console: Console, page: LabPage) -> None:
    """Question, method, claims with their proof, parameters, and how to run it."""
    lab, card = page.lab, page.card
    console.print(Markdown(f"# {lab.question}"))
    console.print(
        f"{lab.id} · {card.concept.title} · about {lab.budget_s:g} s · {lab.seeds} seeds at first",
        style="bright_black",
        markup=False,
    )
    console.print(Markdown(lab.method))
    console.print(Markdown("\n".join(f"- **{arm}**: {says}" for arm, says in lab.arms.items())))
    if lab.axis:
        console.print(Text(f"{lab.axis}: {', '.join(lab.conditions)}"))
    if card.ruled:
        whose = "by your run" if card.own else "as recorded"
        stale = "; the lab has changed since" if page.stale and not card.own else ""
        console.print(Text(f"\nProved {card.at[:10]}, {whose}{stale}:", "bold"))
    for claim in lab.claims.values():
        _claim(console, lab, claim, card.ruled.get(claim.id), None)
    for dispute in page.disputes:
        console.print(Text.assemble(("\nOften said: ", "bold"), f"“{dispute.says.strip()}” "))
        console.print(Padding(Text(dispute.instead.strip()), _IN))
    _parameters(console, lab)
    if page.runs:
        console.print(Text("\nYour runs", "bold"))
    for view in page.runs[:5]:
        console.print(Padding(_run_line(lab, view), _IN))
    _flips(console, flips(card.ruled, lab.defaults(), page.runs))
    if page.advice:
        console.print(Text(f"\n{page.advice}", "yellow"))
    console.print(f"\nRun it: viva lab run {lab.id}", markup=False, highlight=False)


def verdict_view(console: Console, page: LabPage, view: RunView, compared: Mapping[str, Compared]) -> None:
    """What a run came to, claim by claim, with every seed drawn and the predictions beside it."""
    lab, result = page.lab, view.result
    settings = ", ".join(f"{name} = {_plain_value(value)}" for name, value in view.run.origin.settings.items())
    reused = f", {view.reused} of them measured earlier" if view.reused else ""
    head = f"\n{lab.question}  {STATE_WORDS[view.state]}, {counted(view.done, 'seed')}{reused}"
    console.print(Text(head, "bold" if view.state is RunState.FINISHED else "bold yellow"))
    if settings:
        console.print(Text(settings, "bright_black"))
    if result.error:
        console.print(Padding(Text(result.error.strip(), "red"), _IN))
    if not result.ruled:
        console.print("Nothing can be said from fewer than two seeds.")
    for name, ruled in result.ruled.items():
        if name in lab.claims:
            _claim(console, lab, lab.claims[name], ruled, result)
            if name in compared:
                _compared(console, compared[name])
    _flips(console, flips(result.ruled, view.run.origin.settings, page.runs))
    changing = would_change(lab)
    if changing:
        console.print(Padding(Text(changing, "italic"), (1, 0, 0, 0)))
    console.print(
        Text(f"run {view.run.id[:8]}, {result.seconds:.0f} s, intervals at {result.confidence:.1%}", "bright_black")
    )


def plain_run(page: LabPage, view: RunView, compared: Mapping[str, Compared]) -> dict[str, Any]:
    """Everything a program would want to know of a run."""
    return {
        "run": view.run.id,
        "state": view.state.value,
        "seeds": view.done,
        "reused": view.reused,
        **plain(page.lab, view.run.origin, view.result),
        "predictions": {
            name: {"way": c.prediction.way.value, "sure": c.prediction.sure, "hit": c.hit, "brier": c.brier}
            for name, c in compared.items()
        },
    }


def _claim(console: Console, lab: Lab, claim: LabClaim, ruled: Ruled | None, result: LabResult | None) -> None:
    console.print()
    if ruled is None:
        console.print(Text(claim.says))
        console.print(Padding(Text(f"{comparison_words(lab, claim)}?", "bright_black"), _IN))
        return
    word = Text(OUTCOME_WORDS[ruled.outcome].upper(), f"bold {OUTCOME_STYLE[ruled.outcome]}")
    console.print(Text.assemble(word, "  ", claim.says))
    for effect in ruled.effects:
        _effect(console, lab, claim, effect, result)
    for check in ruled.check:
        where = f" at {check.condition}" if check.condition != PLAIN else ""
        text = f"check{where}: {check_text(lab, claim, check)}, {OUTCOME_WORDS[check.outcome]}"
        console.print(Padding(Text(text, "bright_black"), _IN))
    if ruled.because:
        console.print(Padding(Text(ruled.because), _IN))


def _effect(console: Console, lab: Lab, claim: LabClaim, effect: Effect, result: LabResult | None) -> None:
    where = f"{effect.condition}: " if effect.condition != PLAIN else ""
    said = effect_text(lab, claim, effect)
    counts = "" if effect.counted else f", {seeds_text(effect)} for it, {effect.seeds_against} against"
    diverged = "" if effect.counted or not effect.diverged else f", diverged: {dict(effect.diverged)}"
    console.print(Padding(Text(f"{where}{said}{counts}{diverged}"), _IN))
    dots, scale = seed_lines(lab, claim, effect, result) if result else ("", "")
    if dots:
        console.print(Padding(Text(dots, OUTCOME_STYLE[effect.outcome]), _IN), soft_wrap=True)
        console.print(Padding(Text(scale, "bright_black"), _IN))


def _compared(console: Console, compared: Compared) -> None:
    mark = ("✗ not as you said", "red")
    if compared.hit:
        mark = ("✓ as you said" if compared.size_hit else "✓ the way you said, another size", "green")
    rest = f": {compared.said}. Brier {compared.brier:.2f}"
    console.print(Padding(Text.assemble(mark, rest), _IN))


def _flips(console: Console, found: Sequence[Flip]) -> None:
    for flip in found:
        with_ = ", ".join(f"{name} = {_plain_value(value)}" for name, value in flip.settings.items())
        text = f"It flips: with {with_} “{flip.claim}” was {OUTCOME_WORDS[flip.outcome]} (run {flip.run[:8]})."
        console.print(Text(text, "yellow"))


def _parameters(console: Console, lab: Lab) -> None:
    if not lab.parameters:
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name in ("parameter", "", "default", "range"):
        table.add_column(name, overflow="fold")
    for p in lab.parameters.values():
        table.add_row(p.name, Text(p.says), _plain_value(p.default), range_text(p))
    console.print()
    console.print(table)


def _run_line(lab: Lab, view: RunView) -> Text:
    settings = _changed(lab, view.run.origin.settings)
    when = view.run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
    text = Text(f"{view.run.id[:8]}  {when}  {counted(view.done, 'seed')}  {settings or 'defaults'}  ")
    if view.state is not RunState.FINISHED:
        text.append(f"{STATE_WORDS[view.state]}  ", "yellow")
    return text.append(outcomes_text({name: ruled.outcome for name, ruled in view.result.ruled.items()}))


def _changed(lab: Lab, settings: Settings) -> str:
    there = lab.defaults()
    return ", ".join(f"{n} = {_plain_value(v)}" for n, v in settings.items() if there.get(n) != v)


def _plain_value(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"
