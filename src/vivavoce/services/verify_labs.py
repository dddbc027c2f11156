"""Prove labs anew at full seeds, and say which outcome changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from vivavoce.content.recorded_file import recorded_path, recorded_text
from vivavoce.domain.errors import BadInputError
from vivavoce.domain.lab import Lab, LabResult, Origin, Outcome, Recorded, Ruled, RunState
from vivavoce.domain.question import Status
from vivavoce.engines.lab_runner.base import LabRunner, Request, plan_for
from vivavoce.engines.lab_runner.origin import origin_of
from vivavoce.plugins import make_lab_runner
from vivavoce.services.lab_needs import missing
from vivavoce.services.library import Library


@dataclass(frozen=True, slots=True)
class Change:
    """An outcome that is not the recorded one; None where there is none."""

    claim: str
    recorded: Outcome | None
    now: Outcome | None


@dataclass(frozen=True, slots=True)
class Proof:
    """One lab proved anew."""

    lab: Lab
    origin: Origin
    result: LabResult
    changed: tuple[Change, ...] = ()
    skipped: tuple[str, ...] = ()
    """Packages that are missing: it was not run."""
    recorded: bool = True
    """Whether there was a recorded result to compare with."""
    written: str = ""
    """The recorded file that was written."""

    @property
    def sound(self) -> bool:
        """Whether it ran to its end and every outcome is as recorded."""
        return not self.skipped and self.result.state is RunState.FINISHED and not self.changed


@dataclass(frozen=True, slots=True)
class Verified:
    """All of them."""

    proofs: tuple[Proof, ...]

    @property
    def sound(self) -> bool:
        return all(proof.sound for proof in self.proofs)


def verify(
    library: Library,
    items: Sequence[str] = (),
    *,
    record: bool = False,
    workers: int = 2,
    report: Callable[[Proof], None] = lambda proof: None,
    progress: Callable[[Lab, int, int], None] = lambda lab, done, planned: None,
    make: Callable[[], LabRunner] = make_lab_runner,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Verified:
    """Run labs (all that are ready, without `items`) at full seeds. Nothing of the store is used or written.

    `progress` is told of seeds done and planned until the next look. With `record`, what a finished run says becomes
    the recorded result. Raises `UnknownItemError` and `InvalidIdError` before anything runs, and `BadInputError` for a
    recorded file that cannot be written.
    """
    bank = library.bank
    labs = [bank.lab(item) for item in items] or [x for x in bank.labs.values() if x.status is Status.READY]
    runner = make()
    proofs = []
    for lab in dict.fromkeys(lab.id for lab in labs):
        proof = _proved(bank.labs[lab], bank.recorded.get(lab), runner, workers, progress, clock())
        if record and proof.result.state is RunState.FINISHED and not proof.skipped:
            proof = replace(proof, written=_write(proof))
        proofs.append(proof)
        report(proof)
    return Verified(tuple(proofs))


def _proved(
    lab: Lab,
    recorded: Recorded | None,
    runner: LabRunner,
    workers: int,
    progress: Callable[[Lab, int, int], None],
    now: datetime,
) -> Proof:
    settings = lab.defaults()
    origin = origin_of(lab, settings, now)
    plan = plan_for(lab, workers=workers)
    lacking = missing(lab)
    if lacking:
        result = LabResult(RunState.FAILED, (), {}, plan.confidence)
        return Proof(lab, origin, result, skipped=lacking, recorded=recorded is not None)
    result = runner.run(Request(lab, settings, plan), lambda step: progress(lab, step.done, step.planned))
    changed = changes(lab, recorded.result.ruled, result.ruled) if recorded else ()
    return Proof(lab, origin, result, changed, recorded=recorded is not None)


def changes(lab: Lab, before: Mapping[str, Ruled], now: Mapping[str, Ruled]) -> tuple[Change, ...]:
    """Claims of a lab whose outcome is another one."""
    found = []
    for name in lab.claims:
        was, is_now = before.get(name), now.get(name)
        if (was and was.outcome) != (is_now and is_now.outcome):
            found.append(Change(name, was.outcome if was else None, is_now.outcome if is_now else None))
    return tuple(found)


def _write(proof: Proof) -> str:
    path = recorded_path(proof.lab)
    try:
        path.write_text(recorded_text(Recorded(proof.origin, proof.result)), encoding="utf-8")
    except OSError as error:
        raise BadInputError(f"{path} cannot be written: {error.strerror}") from error
    return str(path)
