"""Chooses how to contain submissions: the best level that this machine offers and that its own attacks cannot leave."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from vivavoce.domain.exercise import Confinement, Limits
from vivavoce.engines.judge.base import Sandbox, StoppedError
from vivavoce.engines.judge.sandbox import canary
from vivavoce.engines.judge.sandbox.limited import LimitedSandbox

if sys.platform == "linux":
    from vivavoce.engines.judge.sandbox import seccomp
    from vivavoce.engines.judge.sandbox.linux import LinuxSandbox

HOLDS = {
    Confinement.CONTAINED: "namespaces (bubblewrap), Landlock, seccomp and limits around every submission",
    Confinement.CONFINED: "Landlock, seccomp and limits around every submission; no namespaces",
    Confinement.LIMITED: "limits on time, memory and output only",
}
MISSING = {
    Confinement.CONTAINED: "Faults in the kernel remain: a public server belongs in a throw-away machine.",
    Confinement.CONFINED: "Faults in the kernel remain, and there is one layer less than at L2.",
    Confinement.LIMITED: "Code runs as you, with your files and your network: judge your own code only.",
}
WallLimit = Callable[[Limits], float]


class NoSandboxError(RuntimeError):
    """No level that is good enough; the message says what was tried and what would help."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One level: whether it can be used here, and if not, why."""

    level: Confinement
    works: bool
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A sandbox, tested, and what was found on the way to it."""

    sandbox: Sandbox
    findings: tuple[Finding, ...]

    def describe(self) -> str:
        """For a person: the level, what it holds and what not, and why no better one."""
        level = self.sandbox.confinement
        lines = [f"{level.value}: {HOLDS[level]}. {MISSING[level]}"]
        lines += [f"{finding.level.value} not used: {finding.why}." for finding in self.findings if not finding.works]
        return "\n".join(lines)


def choose(
    force: Confinement | None = None,
    *,
    server: bool = False,
    allow_confined: bool = False,
    wall_s: WallLimit | None = None,
) -> Choice:
    """The best level whose self-test passes. `force` tries one only, and never falls back.

    With `server` nothing below L2 will do, or below L1 with `allow_confined`: others' code is judged then. Raises
    `NoSandboxError`.
    """
    findings = []
    for level in _wanted(force, server, allow_confined):
        sandbox, why = _tested(level, wall_s)
        findings.append(Finding(level, sandbox is not None, why))
        if sandbox is not None:
            return Choice(sandbox, tuple(findings))
    tried = "; ".join(f"{finding.level.value}: {finding.why}" for finding in findings)
    advice = " Submissions of others need L2; install bubblewrap, or allow L1." if server else ""
    raise NoSandboxError(f"No sandbox can be used here. {tried}.{advice}")


def open_sandbox(force: Confinement | None = None, *, wall_s: WallLimit | None = None) -> Sandbox:
    """The best sandbox for one's own use."""
    return choose(force, wall_s=wall_s).sandbox


def _wanted(force: Confinement | None, server: bool, allow_confined: bool) -> Sequence[Confinement]:
    levels = [Confinement.CONTAINED, Confinement.CONFINED, Confinement.LIMITED]
    if server:
        levels = levels[: 2 if allow_confined else 1]
    return [level for level in levels if force in (None, level)]


def _tested(level: Confinement, wall_s: WallLimit | None) -> tuple[Sandbox | None, str]:
    """A sandbox of the level that withstood the attacks, or why there is none."""
    if level is Confinement.LIMITED:
        return LimitedSandbox(wall_s=wall_s), ""
    if sys.platform == "linux":
        if not seccomp.supported():
            return None, "there is no system-call table for this processor"
        sandbox = LinuxSandbox(level, wall_s=wall_s)
        try:
            failed = canary.failures(sandbox)
        except StoppedError as error:
            failed = [error.message.rstrip(".")]
        if not failed:
            return sandbox, ""
        sandbox.close()
        return None, "the self-test failed: " + ", ".join(failed)
    return None, "it needs Linux"
