"""The filter, run by an interpreter of its language that is written from the kernel's documentation."""

from __future__ import annotations

import errno
import platform
import re
import struct
from pathlib import Path

import pytest

from vivavoce.engines.judge.sandbox import seccomp
from vivavoce.engines.judge.sandbox.syscalls import ALLOWED, CHECKED, EXPLOIT

PID = 4242
ALLOW, KILL = "allow", "kill"
MACHINES = list(seccomp.MACHINES)


def run(program: bytes, number: int, *args: int, arch: int) -> str | int:
    """What the filter says of one call: allow, kill, or the error that it gives."""
    data = struct.pack("<iIQ6Q", number, arch, 0, *(a % 2**64 for a in (*args, *[0] * (6 - len(args)))))
    code = [struct.unpack_from("<HBBI", program, i) for i in range(0, len(program), 8)]
    accumulator, at = 0, 0
    while True:
        op, yes, no, k = code[at]
        at += 1
        match op:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, k)
            case 0x15:
                at += yes if accumulator == k else no
            case 0x35:
                at += yes if accumulator >= k else no
            case 0x45:
                at += yes if accumulator & k else no
            case 0x06:
                return {0x7FFF0000: ALLOW, 0x80000000: KILL}.get(k, k & 0xFFFF)
            case _:
                raise AssertionError(f"an instruction that the filter should not use: {op:#x}")


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_gets_the_answer_of_its_class(machine: str) -> None:
    column, arch = seccomp.MACHINES[machine]
    program = seccomp.build(PID, machine)
    expected: dict[int, str | int] = dict.fromkeys(range(600), errno.EPERM)
    for table, answer in ((ALLOWED, ALLOW), (EXPLOIT, KILL)):
        expected |= {numbers[column]: answer for numbers in table.values() if numbers[column] is not None}  # type: ignore[misc]
    checked = {numbers[column] for numbers in CHECKED.values()}
    got = {number: run(program, number, arch=arch) for number in expected if number not in checked}
    assert got == {number: answer for number, answer in expected.items() if number not in checked}


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_are_decided_by_their_arguments(machine: str) -> None:
    column, arch = seccomp.MACHINES[machine]
    program = seccomp.build(PID, machine)

    def ask(name: str, *args: int) -> str | int:
        number = CHECKED[name][column]
        assert number is not None
        return run(program, number, *args, arch=arch)

    thread = 0x3D0F00  # flags of a thread as the C library makes one
    assert ask("clone", thread) == ALLOW
    assert ask("clone", 17) == ask("clone", 0x10000000 | 17) == errno.EPERM
    assert {ask("clone", thread | 1 << bit) for bit in (17, 25, 26, 27, 28, 29, 30)} == {errno.EPERM}  # namespaces
    assert ask("clone3") == ask("openat2") == errno.ENOSYS
    assert ask("kill", PID, 9) == ask("tgkill", PID, PID, 6) == ALLOW
    assert {ask("kill", other, 9) for other in (0, 1, -1, -PID, PID + 1)} == {errno.EPERM}
    assert ask("prlimit64", 0, 7, 0, 1) == ALLOW
    assert ask("prlimit64", 0, 7, 1) == ask("prlimit64", 0, 7, 1 << 32) == errno.EPERM
    assert ask("prctl", 15) == ALLOW
    assert {ask("prctl", option) for option in (4, 22, 38, 8, 24, 47)} == {errno.EPERM}
    assert ask("ioctl", 0, 0x5401) == ALLOW
    assert ask("ioctl", 0, 0x5412) == errno.EPERM  # typing into a terminal
    assert ask("fcntl", 3, 3) == ALLOW
    assert {ask("fcntl", 3, command) for command in (6, 7, 37, 38, 1024, 1033)} == {errno.EPERM}


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_of_another_machine_kill(machine: str) -> None:
    program = seccomp.build(PID, machine)
    own = seccomp.MACHINES[machine][1]
    for arch in (0xC000003E, 0xC00000B7, 0x40000003, 0x40000028, 0):
        assert (run(program, 63, arch=arch) == KILL) == (arch != own)
    if machine == "x86_64":
        assert run(program, 0x40000000 + 39, arch=own) == KILL


def test_no_call_is_in_two_classes() -> None:
    names = [*ALLOWED, *CHECKED, *EXPLOIT]
    assert len(names) == len(set(names))
    for column in (0, 1):
        numbers = [n[column] for table in (ALLOWED, CHECKED, EXPLOIT) for n in table.values() if n[column] is not None]
        assert len(numbers) == len(set(numbers))


HEADERS = {
    "x86_64": ("/usr/include/x86_64-linux-gnu/asm/unistd_64.h", r"#define __NR_(\w+)\s+(\d+)", {}),
    "aarch64": (
        "/usr/include/asm-generic/unistd.h",
        r"#define __NR(?:3264)?_(\w+)\s+(\d+)",
        {"newfstatat": "fstatat"},  # renamed by a second table
    ),
}


@pytest.mark.parametrize("machine", HEADERS)
def test_the_numbers_are_those_of_the_kernels_headers(machine: str) -> None:
    path, pattern, renamed = HEADERS[machine]
    if not Path(path).exists():
        pytest.skip(f"{path} is not installed")
    found = {name: int(number) for name, number in re.findall(pattern, Path(path).read_text())}
    column = seccomp.MACHINES[machine][0]
    ours = {n: row[column] for table in (ALLOWED, CHECKED, EXPLOIT) for n, row in table.items()}
    assert ours == {name: found.get(renamed.get(name, name)) for name in ours}


@pytest.mark.skipif(platform.machine() not in MACHINES, reason="no table for this processor")
def test_the_filter_fits_the_kernels_limit() -> None:
    assert 0 < len(seccomp.build(PID)) // 8 < 4096


def test_a_template_becomes_the_filter_of_any_process() -> None:
    template = seccomp.template()
    for pid in (1, 2, PID, 2**22):
        assert seccomp.for_process(template, pid) == seccomp.build(pid)
