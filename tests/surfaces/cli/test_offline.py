"""The practice flow needs no network: it runs in a network namespace that has no route, not even loopback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ITEM = "vanishing-exploding-gradients/why-deep-sigmoid-stalls"
NAMESPACE = ["unshare", "--map-root-user", "--net"]
ANSWER = "The gradient is a product of one factor per layer, and a sigmoid's slope is at most a quarter."


def _namespaces_work() -> bool:
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _namespaces_work(), reason="this system lets us make no network namespace")
def test_question_answer_grade_and_history_work_without_any_network(tmp_path: Path) -> None:
    def viva(*arguments: str, text: str = "") -> str:
        done = subprocess.run(
            [*NAMESPACE, sys.executable, "-m", "vivavoce", *arguments],
            input=text,
            capture_output=True,
            text=True,
            env={**os.environ, "VIVAVOCE_DATA_DIR": str(tmp_path)},
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    reach = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    alone = subprocess.run([*NAMESPACE, sys.executable, "-c", reach], capture_output=True, text=True, check=False)
    assert "unreachable" in alone.stderr, "the namespace has a network; this test would prove nothing"
    assert "sigmoid" in viva("bank", "show", ITEM)
    asked = json.loads(viva("ask", ITEM, "--json", text=ANSWER))
    assert asked["score"]["earned"] > 0
    assert json.loads(viva("history", "--json"))[0]["attempt"] == asked["attempt"]
