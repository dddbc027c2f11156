"""Show on request what costs something: hints, probes of a case, the solution."""

from __future__ import annotations

import threading
from functools import lru_cache

from vivavoce.domain.case import Case
from vivavoce.domain.errors import BadInputError, UnknownItemError
from vivavoce.domain.exercise import Exercise
from vivavoce.domain.exhibit import Exhibit
from vivavoce.domain.submission import Disclosure, DisclosureKind
from vivavoce.engines.judge.base import StoppedError
from vivavoce.engines.judge.compare import CheckError
from vivavoce.services.judge_host import JudgeHost, advice
from vivavoce.services.workspace import Workspace

_one_at_a_time = threading.Lock()


def show_hint(ws: Workspace, item: str) -> int:
    """Show one hint more; the number that is shown now."""
    exercise = ws.library.bank.exercise(item)
    shown = hints_shown(ws, item)
    if shown < len(exercise.hints):
        shown += 1
        _disclose(ws, exercise, DisclosureKind.HINT, str(shown))
    return shown


def hints_shown(ws: Workspace, item: str) -> int:
    """How many hints have been shown."""
    exercise = ws.library.bank.exercise(item)
    kinds = {d.detail for d in ws.store.code.disclosures(exercise.id) if d.kind is DisclosureKind.HINT}
    return min(len(kinds), len(exercise.hints))


def give_up(ws: Workspace, item: str) -> None:
    """Show the reference and its explanation from now on."""
    _disclose(ws, ws.library.bank.exercise(item), DisclosureKind.SOLUTION, "")


def symptom(ws: Workspace, item: str) -> tuple[Exhibit, ...]:
    """What the broken script of a case shows. Runs it once, then remembers. Raises `BadInputError`."""
    return _shown(ws, ws.library.bank.case(item), "")


def buy_probe(ws: Workspace, item: str, probe: str) -> tuple[Exhibit, ...]:
    """Look inside the run, for points. Bought once it stays. Raises `UnknownItemError`, `BadInputError`."""
    case = ws.library.bank.case(item)
    if probe not in case.probes:
        raise UnknownItemError("probe", probe, tuple(case.probes))
    exhibits = _shown(ws, case, probe)
    if probe not in probes_bought(ws, item):
        _disclose(ws, case.exercise, DisclosureKind.PROBE, probe)
    return exhibits


def probe_exhibits(ws: Workspace, item: str, probe: str) -> tuple[Exhibit, ...]:
    """What a bought probe shows. Raises `BadInputError` for one that was not bought."""
    if probe not in probes_bought(ws, item):
        raise BadInputError(f"the probe {probe!r} of {item} has not been bought")
    return _shown(ws, ws.library.bank.case(item), probe)


def probes_bought(ws: Workspace, item: str) -> tuple[str, ...]:
    """Ids of the probes bought, in that order."""
    case = ws.library.bank.case(item)
    bought = [d.detail for d in ws.store.code.disclosures(case.id) if d.kind is DisclosureKind.PROBE]
    return tuple(dict.fromkeys(p for p in bought if p in case.probes))


def _shown(ws: Workspace, case: Case, probe: str) -> tuple[Exhibit, ...]:
    framework = next(iter(case.exercise.variants))
    missing = advice(framework)
    if missing:
        raise BadInputError(missing)
    with _one_at_a_time:  # the second request for the same picture finds it made
        return _made(_Key(case.exercise, probe, ws.judging))


class _Key:
    """What a picture depends on: the case's files. The judge that draws it is carried along."""

    def __init__(self, exercise: Exercise, probe: str, host: JudgeHost) -> None:
        variant = next(iter(exercise.variants.values()))
        self.exercise, self.probe, self.host = exercise, probe, host
        self._identity = (str(exercise.id), exercise.judged_hash, variant.starter, probe)

    def __hash__(self) -> int:
        return hash(self._identity)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self._identity == other._identity


@lru_cache(maxsize=256)
def _made(key: _Key) -> tuple[Exhibit, ...]:
    framework, variant = next(iter(key.exercise.variants.items()))
    probe = key.probe.replace("-", "_") or None
    try:
        with key.host.judge() as judge:
            return judge.exhibits(key.exercise, framework, variant.starter, probe=probe)
    except (StoppedError, CheckError) as error:
        raise BadInputError(f"the script of {key.exercise.id} could not be run: {error}") from error


def _disclose(ws: Workspace, exercise: Exercise, kind: DisclosureKind, detail: str) -> None:
    ws.store.code.disclose(Disclosure(ws.new_id(), exercise.id, kind, detail, ws.clock()))
