"""Which level is chosen, and that a sandbox with a hole is refused rather than used."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from vivavoce.domain.exercise import Confinement, Framework, Limits
from vivavoce.engines.judge.base import StoppedError
from vivavoce.engines.judge.sandbox import canary, host, launch, packages, seccomp, select
from vivavoce.engines.judge.sandbox.client import SandboxStartError
from vivavoce.engines.judge.sandbox.linux import LinuxSandbox
from vivavoce.engines.judge.sandbox.select import NoSandboxError, choose

CONTAINED, CONFINED, LIMITED = Confinement.CONTAINED, Confinement.CONFINED, Confinement.LIMITED


@pytest.fixture
def without_bubblewrap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch.shutil, "which", lambda name: None)


def need(level: Confinement) -> None:
    try:
        choose(level).sandbox.close()
    except NoSandboxError as error:
        pytest.skip(str(error))


def test_without_bubblewrap_the_next_level_is_used_and_the_reason_said(without_bubblewrap: None) -> None:
    need(CONFINED)
    choice = choose()
    choice.sandbox.close()
    assert choice.sandbox.confinement is CONFINED
    assert choice.describe().splitlines() == [
        "L1: Landlock, seccomp and limits around every submission; no namespaces. "
        "Faults in the kernel remain, and there is one layer less than at L2.",
        "L2 not used: the self-test failed: The sandbox did not start: bubblewrap is not installed.",
    ]


def test_a_server_does_not_start_below_l2_unless_l1_is_allowed(without_bubblewrap: None) -> None:
    with pytest.raises(NoSandboxError, match=r"bubblewrap is not installed.* Submissions of others need L2"):
        choose(server=True)
    need(CONFINED)
    choice = choose(server=True, allow_confined=True)
    choice.sandbox.close()
    assert choice.sandbox.confinement is CONFINED


def test_a_server_never_uses_l0() -> None:
    with pytest.raises(NoSandboxError, match="No sandbox can be used here"):
        choose(LIMITED, server=True, allow_confined=True)


def test_a_processor_without_a_table_gets_no_filter_and_so_no_level(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "riscv64")
    with pytest.raises(NoSandboxError, match="no system-call table for this processor"):
        choose(CONFINED)
    choice = choose()
    choice.sandbox.close()
    assert choice.sandbox.confinement is LIMITED


def test_a_forced_level_never_falls_back(without_bubblewrap: None) -> None:
    with pytest.raises(NoSandboxError, match="L2: the self-test failed"):
        choose(CONTAINED)


def test_the_self_test_finds_files_that_landlock_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    need(CONFINED)
    real = packages.standard_library()
    monkeypatch.setattr(packages, "standard_library", lambda: (real[0], (*real[1], "/")))
    with pytest.raises(NoSandboxError, match=r"the self-test failed: read a file \(through\)\."):
        choose(CONFINED)


@pytest.mark.parametrize(
    ("hole", "finds"),
    [
        ("seccomp.install = lambda program: None", "fork (through)"),
        ("landlock.restrict = lambda rules: None", "read a file (through), write a file (through)"),
        ("seccomp.ALLOWED['fork'] = (57, None); seccomp.ALLOWED['clone'] = (56, 220)", "fork (through)"),
    ],
    ids=["no filter", "no Landlock", "forks allowed"],
)
def test_the_self_test_finds_a_layer_that_is_missing(
    hole: str, finds: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The control of the self-test: a zygote with one layer taken out says `confined` all the same."""
    need(CONFINED)
    boot = tmp_path / "boot.py"
    source = (launch._HERE / "boot.py").read_text()
    sabotage = (
        f"    from vivavoce.engines.judge.sandbox import landlock, seccomp\n    {hole}\n    importlib.import_module(f"
    )
    sabotaged = source.replace("    importlib.import_module(f", sabotage)
    assert sabotaged != source
    boot.write_text(
        sabotaged.replace("_HERE = os.path.dirname(os.path.abspath(__file__))", f"_HERE = {str(launch._HERE)!r}")
    )
    real = launch.command

    def command(*args: object) -> list[str]:
        return [str(boot) if part.endswith("boot.py") else part for part in real(*args)]  # type: ignore[arg-type]

    monkeypatch.setattr(host, "command", command)
    with pytest.raises(NoSandboxError, match=re.escape(finds)):
        choose(CONFINED)


def test_every_attack_of_the_self_test_gets_through_where_there_is_no_boundary() -> None:
    """The control: at L0 the same functions answer `through`, for all that a user without rights may do anywhere."""
    sandbox = select.LimitedSandbox()
    try:
        failed = canary.failures(sandbox)
    finally:
        sandbox.close()
    names = [name.partition(" (")[0] for name in failed]
    assert names[:5] == ["open a TCP connection", "read a file", "write a file", "fork", "execute a program"]


def test_a_zygote_that_cannot_import_says_what(monkeypatch: pytest.MonkeyPatch) -> None:
    need(CONFINED)
    found = packages.of(Framework.NUMPY)
    monkeypatch.setattr(packages, "of", lambda _: dataclasses.replace(found, roots=()))
    with pytest.raises(SandboxStartError, match="No module named 'numpy'"):
        host.Zygote(Framework.NUMPY, CONFINED)


def test_a_zygote_that_does_not_start_is_not_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def command(*args: object) -> list[str]:
        tried.append(args)
        return ["/bin/sh", "-c", "echo the reason >&2"]

    monkeypatch.setattr(host, "command", command)
    sandbox = LinuxSandbox(CONFINED)
    for _ in range(3):
        with (
            pytest.raises(StoppedError, match="The sandbox did not start: the reason"),
            sandbox.child(Framework.NUMPY, Limits()),
        ):
            pass
    sandbox.close()
    assert len(tried) == 1
