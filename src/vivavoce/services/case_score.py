"""What a case is worth: found, fixed, probes used, time."""

from __future__ import annotations

from dataclasses import dataclass

from vivavoce.services.disclose import hints_shown, probes_bought
from vivavoce.services.workspace import Workspace

FOUND, FIXED, IN_TIME = 45, 45, 10
"""Points of the hundred for the diagnosis, the fix, and staying within the expected time."""
HINT_COST = 5


@dataclass(frozen=True, slots=True)
class CaseScore:
    """The score of a case so far."""

    found: float | None
    """Fraction of the rubric of the best diagnosis, None before there is one."""
    fixed: bool
    probes_cost: int
    hints_cost: int
    seconds: float
    """On diagnoses and submissions up to the first fix."""
    parts: tuple[tuple[str, int], ...]
    """What the points consist of, for a table."""

    @property
    def points(self) -> int:
        return max(0, sum(points for _, points in self.parts))


def case_score(ws: Workspace, item: str) -> CaseScore:
    """The score of a case. Nothing is given for time before both parts are done. Raises `UnknownItemError`."""
    case = ws.library.bank.case(item)
    diagnoses = [r for r in ws.store.attempts(case.id) if r.attempt.follow_up is None]
    found = max((r.score.fraction for r in diagnoses), default=None)
    submissions = [s for s in reversed(ws.store.code.submissions(case.id)) if s.counts]
    first_fix = next((n for n, s in enumerate(submissions) if s.report.passed), None)
    tries = submissions if first_fix is None else submissions[: first_fix + 1]
    fixed = first_fix is not None
    seconds = sum(r.attempt.seconds for r in diagnoses) + sum(s.seconds for s in tries)
    probes = sum(case.probes[p].cost for p in probes_bought(ws, item))
    hints = HINT_COST * hints_shown(ws, item)
    in_time = fixed and found is not None and seconds <= 60 * case.exercise.minutes
    parts = (
        ("found", round(FOUND * (found or 0.0))),
        ("fixed", FIXED if fixed else 0),
        ("in time", IN_TIME if in_time else 0),
        ("probes", -probes),
        ("hints", -hints),
    )
    return CaseScore(found, fixed, probes, hints, seconds, parts)
