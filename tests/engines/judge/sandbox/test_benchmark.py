"""The benchmark that the documents quote still runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vivavoce.domain.exercise import Confinement
from vivavoce.engines.judge.sandbox.select import NoSandboxError, choose

ROOT = Path(__file__).parents[4]


@pytest.mark.slow
def test_the_benchmark_prints_its_figures() -> None:
    try:
        choose(Confinement.CONFINED).sandbox.close()
    except NoSandboxError as error:
        pytest.skip(str(error))
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks/judge.py"), "--quick"],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for figure in ("fresh interpreter", "Private_Dirty", "target: at most 10 ms CPU", "submissions a second", "7 of 7"):
        assert figure in done
