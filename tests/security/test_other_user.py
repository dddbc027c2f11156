"""The attacks once more with a judge that is an ordinary user, when the tests are run by root."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
USER = 1001
ATTACKS = ["tests/security/test_honest.py", "tests/security/test_escapes.py", "tests/security/test_spoofs.py"]

pytestmark = [
    pytest.mark.skipif(os.getuid() != 0, reason="the whole suite runs as an ordinary user already"),
    pytest.mark.skipif(shutil.which("setpriv") is None, reason="setpriv is not installed"),
]


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder that the other user can reach and fill."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def as_user(command: list[str], home: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as an ordinary user without any capability.

    An interpreter that lies in a folder of root's alone is first made reachable, in a view of the file system that
    only this command has.
    """
    script = f"exec setpriv --reuid={USER} --regid={USER} --clear-groups --inh-caps=-all {shlex.join(command)}"
    closed = _closed_folder(Path(sys.base_prefix))
    wrapper = []
    if closed is not None:
        kept = Path(sys.base_prefix)
        place = shlex.quote(str(kept))
        script = (
            f"mkdir -p {home}/kept && mount --bind {place} {home}/kept && mount -t tmpfs -o mode=755 none {closed} && "
            f"mkdir -p {place} && mount --move {home}/kept {place} && {script}"
        )
        wrapper = ["unshare", "--mount", "--propagation", "private"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "LANG": "C.UTF-8"}
    return subprocess.run(
        [*wrapper, "sh", "-c", script], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=250
    )


def _closed_folder(path: Path) -> Path | None:
    """The outermost folder on the way to `path` that is closed to others."""
    return next((p for p in reversed([path, *path.parents]) if p.stat().st_mode & 0o005 != 0o005), None)


def test_an_ordinary_user_gets_the_same_level(home: Path) -> None:
    program = (
        "import os\nfrom vivavoce.engines.judge.sandbox.select import choose\n"
        "choice = choose()\nprint(os.getuid(), choice.describe())\nchoice.sandbox.close()\n"
    )
    own = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    done = as_user([sys.executable, "-B", "-c", program], home)
    if "user namespace" in done.stdout:
        pytest.skip(f"ordinary users may not use namespaces here: {done.stdout}")
    assert (done.stdout, done.stderr) == (own.replace("0 ", f"{USER} ", 1), "")


@pytest.mark.slow
def test_no_attack_does_better_against_an_ordinary_user(home: Path) -> None:
    options = ["-p", "no:cacheprovider", "-p", "no:xdist", "-q", "-k", "L1 or L2", "--basetemp", str(home / "base")]
    done = as_user([sys.executable, "-B", "-m", "pytest", *options, *ATTACKS], home)
    last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else done.stderr
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert " passed" in last
    assert "failed" not in last
