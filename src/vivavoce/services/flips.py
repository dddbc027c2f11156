"""In which setting a claim's outcome is another one: by the reader's own runs, and as the author of the lab says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vivavoce.domain.lab import Lab, Outcome, Ruled, RunState, Settings
from vivavoce.services.experiment import RunView

_HEAD = "What would change the outcome"


@dataclass(frozen=True, slots=True)
class Flip:
    """A finished run that came to another outcome."""

    claim: str
    outcome: Outcome
    settings: Settings
    """What differs from the run that it is compared with."""
    run: str


def flips(ruled: Mapping[str, Ruled], settings: Settings, runs: Iterable[RunView]) -> tuple[Flip, ...]:
    """Runs with other settings in which a claim came out clearly otherwise, the newest of each, by claim."""
    found: dict[tuple[str, Outcome], Flip] = {}
    for view in runs:
        given = view.run.origin.settings
        other = {name: value for name, value in given.items() if settings.get(name) != value}
        if view.state is not RunState.FINISHED or not other:
            continue
        for claim, now in ruled.items():
            then = view.result.ruled.get(claim)
            if then is None or then.outcome is now.outcome or Outcome.INCONCLUSIVE in (then.outcome, now.outcome):
                continue
            found.setdefault((claim, then.outcome), Flip(claim, then.outcome, other, view.run.id))
    return tuple(found.values())


def would_change(lab: Lab) -> str:
    """What the author says would change the outcome, to the end of that paragraph; empty when nothing is said."""
    for paragraph in lab.method.split("\n\n"):
        text = " ".join(paragraph.split())
        at = text.casefold().find(_HEAD.casefold())
        if at >= 0:
            return text[at:]
    return ""
