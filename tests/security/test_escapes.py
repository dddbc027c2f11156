"""Ways out. None may get through at L2 or L1; at L0 some must, or the tests could not tell."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from tests.security.conftest import Listener
from tests.security.escapes import DEADLY, FILES, HARMLESS, NETWORK, PROCESSES, X86_ONLY, submission
from tests.security.support import CONFINED_LEVELS, LEVELS, LIMITS, SECRET, Seen, judge
from vivavoce.domain.exercise import Framework, Limits, Outcome
from vivavoce.engines.judge.base import Sandbox
from vivavoce.engines.judge.sandbox import client, packages

confined = pytest.mark.parametrize("sandbox", CONFINED_LEVELS, indirect=True, ids=str)
SURVIVED = {**FILES, **NETWORK, **PROCESSES}
SEEN_AT_L0 = (
    "/etc/passwd", "a file open to everybody", "the tests", "the root folder", "TCP", "UDP", "abstract Unix socket",
    "fork", "subprocess", "os.system", "a lock on a shared file",
)  # fmt: skip
"""What even a user without rights can do outside a sandbox: attacks that are seen to work."""


def attempt(
    sandbox: Sandbox, body: str, secret_file: Path, listener: Listener, framework: Framework = Framework.NUMPY
) -> Seen:
    """What an attack made of this machine; it must have been tried."""
    seen = judge(
        sandbox,
        submission(
            body.replace("/proc/{judge}/", f"/proc/{os.getpid()}/"),
            secret=str(secret_file),
            folder=str(secret_file.parent),
            tests=__file__,
            source=client.__file__,
            judge=os.getpid(),
            tcp=listener.tcp.getsockname()[1],
            udp=listener.udp.getsockname()[1],
            unix=listener.name,
        ),
        questions=1,
        framework=framework,
        limits=LIMITS if framework is Framework.NUMPY else Limits(cpu_s=2),
    )
    assert "TRIED" in seen.printed
    return seen


def got_through(seen: Seen, hits: list[str]) -> bool:
    return "BREACH" in seen.everything or SECRET in seen.everything or bool(hits)


@confined
@pytest.mark.parametrize("name", SURVIVED)
def test_a_way_out_is_refused(sandbox: Sandbox, name: str, secret_file: Path, listener: Listener) -> None:
    listener.hits.clear()
    seen = attempt(sandbox, SURVIVED[name], secret_file, listener)
    assert not got_through(seen, listener.hits), seen
    assert seen.outcome is Outcome.PASSED  # it goes on after the refusal, and its honest answer counts
    assert "refused" in seen.printed or "nothing" in seen.printed


@confined
@pytest.mark.parametrize("name", DEADLY | X86_ONLY)
def test_a_call_that_serves_only_to_break_out_ends_the_process(
    sandbox: Sandbox, name: str, secret_file: Path, listener: Listener
) -> None:
    if name in X86_ONLY and os.uname().machine != "x86_64":
        pytest.skip("these numbers exist on x86_64 only")
    seen = attempt(sandbox, (DEADLY | X86_ONLY)[name], secret_file, listener)
    assert not got_through(seen, [])
    assert seen.outcome is Outcome.CRASHED
    assert "break out of a sandbox" in seen.message or "SIGSEGV" in seen.message  # no 32-bit entry in this kernel


@pytest.mark.slow
@pytest.mark.skipif(not packages.installed(Framework.TORCH), reason="PyTorch is not installed")
@confined
def test_the_larger_zygote_of_pytorch_is_no_easier_to_leave(
    sandbox: Sandbox, secret_file: Path, listener: Listener
) -> None:
    listener.hits.clear()
    attacks = SURVIVED | DEADLY
    seen = {name: attempt(sandbox, body, secret_file, listener, Framework.TORCH) for name, body in attacks.items()}
    assert not {name: s for name, s in seen.items() if got_through(s, listener.hits)}
    assert {name for name, s in seen.items() if s.outcome is Outcome.CRASHED} == set(DEADLY)


@confined
@pytest.mark.parametrize("name", HARMLESS)
def test_what_compilers_need_is_allowed(sandbox: Sandbox, name: str, secret_file: Path, listener: Listener) -> None:
    seen = attempt(sandbox, HARMLESS[name], secret_file, listener)
    assert seen.outcome is Outcome.PASSED
    assert "ran" in seen.printed


@confined
def test_no_descriptor_is_inherited(sandbox: Sandbox, secret_file: Path, listener: Listener) -> None:
    body = """
found = []
for n in range(0, 1024):
    try: os.fstat(n)
    except OSError: continue
    found.append(n)
    try: say(os.pread(n, 100, 0).decode('utf-8', 'replace'))
    except OSError: pass
say(f'FDS{found}')"""
    seen = attempt(sandbox, body, secret_file, listener)
    assert "FDS[0, 1, 2, 3]" in seen.printed  # input, both outputs, and its own connection
    assert SECRET not in seen.everything


@pytest.mark.parametrize("sandbox", LEVELS, indirect=True, ids=str)
def test_its_own_user_is_nobody_when_the_judge_is_root(sandbox: Sandbox, secret_file: Path, listener: Listener) -> None:
    seen = attempt(sandbox, "say(f'UIDS {os.getresuid()} {os.getgroups()}')", secret_file, listener)
    if os.getuid() == 0:
        assert "UIDS (65534, 65534, 65534) []" in seen.printed
    else:
        assert "UIDS (0" not in seen.printed


@pytest.mark.parametrize("sandbox", LEVELS[2:], indirect=True, ids=str)
@pytest.mark.parametrize("name", SEEN_AT_L0)
def test_the_same_attack_is_seen_where_there_is_no_boundary(
    sandbox: Sandbox, name: str, secret_file: Path, listener: Listener
) -> None:
    """The control: a check for leaks and listeners that never fires would prove nothing."""
    listener.hits.clear()
    seen = attempt(sandbox, SURVIVED[name], secret_file, listener)
    for _ in range(50):
        if got_through(seen, listener.hits):
            break
        time.sleep(0.02)
    assert got_through(seen, listener.hits), seen
