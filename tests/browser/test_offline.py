"""The practice flow on a machine without any network: server and browser in a network namespace with only loopback."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FLOW = Path(__file__).with_name("offline_flow.py")
ROOT = Path(__file__).parents[2]


def test_an_answer_is_graded_with_no_route_to_anywhere(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("no `unshare` on this machine (Linux: util-linux)")
    allowed = subprocess.run([unshare, "-rn", "true"], capture_output=True, text=True, check=False)
    if allowed.returncode:
        pytest.skip(f"network namespaces are not permitted here: {allowed.stderr.strip()}")
    done = subprocess.run(
        [unshare, "-rn", sys.executable, str(FLOW), str(tmp_path / "data")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout.splitlines()[-1])
    assert report["outside"] == "unreachable"
    assert report["faults"] == []
    assert report["criteria"] == 5
    assert report["fonts"]
