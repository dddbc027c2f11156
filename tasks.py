#!/usr/bin/env python3
"""Set-up and every routine job, with nothing but Python: the same words on your machine and in CI.

    python3 tasks.py run [...]   set up and start the app (what follows goes to `viva`)
    python3 tasks.py test [...]  set up and run every check and test (what follows goes to pytest)
    python3 tasks.py check       ruff, formatting, types
    python3 tasks.py content     lint the bank, grader and judge included
    python3 tasks.py docs        write the generated documents anew
    python3 tasks.py bench       grading, bank, judge, labs and speed benchmarks (many minutes)

Set-up makes `.venv` beside this file and is repeated only when the pinned dependencies or the front end change. With
VIVAVOCE_WITHOUT_TORCH=1 it leaves PyTorch out; PyTorch variants of exercises then say what to install.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import venv
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
ENVIRONMENT = ROOT / ".venv"
BIN = ENVIRONMENT / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
FRONT_END = ROOT / "src/vivavoce/surfaces/web/frontend"
EXTRAS = "[authors]" if os.environ.get("VIVAVOCE_WITHOUT_TORCH") else "[authors,labs]"
INPUTS = ("pyproject.toml", "constraints.txt", "hatch_build.py")


def main(arguments: Sequence[str]) -> int:
    """Run one job; its exit code."""
    jobs: dict[str, Callable[[list[str]], int]] = {
        "run": run,
        "test": test,
        "check": check,
        "content": content,
        "docs": docs,
        "bench": bench,
    }
    if sys.version_info < (3, 11):  # noqa: UP036 - the one file that may be run by an older Python
        print(f"Vivavoce needs Python 3.11 or newer; this is {sys.version.split()[0]}.", file=sys.stderr)
        return 2
    if not arguments or arguments[0] not in jobs:
        print(__doc__, file=sys.stderr if arguments and arguments[0] not in ("-h", "--help") else sys.stdout)
        return 2 if arguments and arguments[0] not in ("-h", "--help") else 0
    return jobs[arguments[0]](list(arguments[1:]))


def run(rest: list[str]) -> int:
    """Start the app."""
    set_up(developer=False)
    viva = BIN / ("viva.exe" if os.name == "nt" else "viva")
    if os.name != "nt":
        os.execv(viva, [str(viva), *rest])
    return subprocess.call([viva, *rest])


def test(rest: list[str]) -> int:
    """Checks first, since they are quick, then the tests on all cores."""
    failed = check([])
    selection = rest or ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "loadgroup"]
    return call(PYTHON, "-m", "pytest", *selection) or failed


def check(_rest: list[str]) -> int:
    """Lint, formatting and types."""
    set_up(developer=True)
    return (
        call(PYTHON, "-m", "ruff", "check", ".")
        | call(PYTHON, "-m", "ruff", "format", "--check", ".")
        | call(PYTHON, "-m", "mypy")
    )


def content(rest: list[str]) -> int:
    """Lint the bank."""
    set_up(developer=True)
    return call(PYTHON, "-m", "vivavoce", "content", "check", *rest)


def docs(_rest: list[str]) -> int:
    """Write what is generated from the code: schemas, lint rules, command reference, what the labs found."""
    set_up(developer=True)
    return run_modules(
        "vivavoce.content.emit_schema",
        "vivavoce.content.docs",
        "vivavoce.content.lint.docs",
        "vivavoce.surfaces.cli.reference",
        "vivavoce.services.lab_report",
    )


def bench(_rest: list[str]) -> int:
    """The figures that the documents quote."""
    set_up(developer=True)
    return (
        call(PYTHON, "benchmarks/grading.py")
        | call(PYTHON, "benchmarks/start.py")
        | call(PYTHON, "benchmarks/bank.py")
        | call(PYTHON, "benchmarks/judge.py")
        | call(PYTHON, "benchmarks/labs.py")
    )


def set_up(*, developer: bool) -> None:
    """An environment with the pinned dependencies; nothing to do when it is current. Exits when pip fails."""
    stamp = ENVIRONMENT / ("stamp-developer" if developer else "stamp-user")
    wanted = fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.exists():
        return
    started = time.monotonic()
    print(
        "Setting up in .venv (once; a minute or two, about 380 MB to download, most of it PyTorch) ...",
        file=sys.stderr,
        flush=True,
    )
    if not has_pip():
        try:
            venv.create(ENVIRONMENT, with_pip=True, clear=True)
        except subprocess.CalledProcessError:
            print(
                "This Python cannot make virtual environments. On Debian or Ubuntu: apt install python3-venv",
                file=sys.stderr,
            )
            raise SystemExit(2) from None
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "-c", "constraints.txt"]
    steps = [[*pip, "--upgrade", "pip"], [*pip, "-e", f".{EXTRAS}"]]
    if developer:
        steps[1:] = [[*pip, "--group", "dev", "-e", f".{EXTRAS}"]]
    for step in steps:
        code = subprocess.call(step, cwd=ROOT)
        if code:
            print("Set-up failed; see above. It needs the network once; run the same command again.", file=sys.stderr)
            raise SystemExit(code)
    if developer:
        (ENVIRONMENT / "stamp-user").write_text(wanted)
    stamp.write_text(wanted)
    print(f"Ready after {time.monotonic() - started:.0f} s.", file=sys.stderr, flush=True)


def has_pip() -> bool:
    """Whether the environment is whole: one whose making was interrupted has a Python and no pip."""
    if not PYTHON.exists():
        return False
    return subprocess.call([str(PYTHON), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def fingerprint() -> str:
    """Changes whenever set-up must be repeated."""
    digest = hashlib.sha256((sys.version + EXTRAS).encode())
    sources = sorted(p for p in FRONT_END.rglob("*") if p.is_file()) if FRONT_END.is_dir() else []
    for path in [*(ROOT / name for name in INPUTS), *sources]:
        digest.update(path.read_bytes() if path.is_file() else b"")
    return digest.hexdigest()


def run_modules(*modules: str) -> int:
    """Run each with `-m`; the first exit code that is not 0."""
    return next((code for m in modules if (code := call(PYTHON, "-m", m))), 0)


def call(*command: str | Path) -> int:
    """Run in the root; the exit code."""
    return subprocess.call([str(part) for part in command], cwd=ROOT)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
