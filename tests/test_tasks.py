"""Set-up mends what an interrupted set-up left. Nothing is downloaded: pip is replaced."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def tasks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """`tasks.py` with an environment in a folder of its own, where every installation succeeds at once."""
    spec = importlib.util.spec_from_file_location("tasks_under_test", ROOT / "tasks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    folder = tmp_path / ".venv"
    called: list[list[str]] = []

    def call(command: list[str], **_: object) -> int:
        called.append(command)
        return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode if command[1] == "-c" else 0

    monkeypatch.setattr(module, "ENVIRONMENT", folder)
    monkeypatch.setattr(module, "PYTHON", folder / "bin" / "python")
    monkeypatch.setattr(module.subprocess, "call", call)
    module.called = called  # type: ignore[attr-defined]
    return module


def installs(tasks: ModuleType) -> int:
    return sum("install" in command for command in tasks.called)


@pytest.mark.skipif(sys.platform == "win32", reason="the interpreter lies elsewhere")
def test_an_environment_whose_making_was_interrupted_is_made_anew(tasks: ModuleType) -> None:
    tasks.venv.create(tasks.ENVIRONMENT, with_pip=False)
    assert not tasks.has_pip()
    tasks.set_up(developer=False)
    assert tasks.has_pip()
    before = installs(tasks)
    assert before == 2
    tasks.set_up(developer=False)
    assert installs(tasks) == before, "set-up was repeated although nothing had changed"


def test_a_developer_s_environment_also_serves_a_user_and_not_the_other_way_round(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks.ENVIRONMENT.mkdir()
    monkeypatch.setattr(tasks, "has_pip", lambda: True)
    monkeypatch.setattr(tasks, "PYTHON", Path(sys.executable))
    tasks.set_up(developer=False)
    tasks.set_up(developer=True)
    before = installs(tasks)
    tasks.set_up(developer=False)
    tasks.set_up(developer=True)
    assert (before, installs(tasks)) == (4, 4)


def test_a_failed_installation_is_said_and_repeated_next_time(
    tasks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks.ENVIRONMENT.mkdir()
    monkeypatch.setattr(tasks, "has_pip", lambda: True)
    monkeypatch.setattr(tasks.subprocess, "call", lambda command, **_: 7)
    for _ in range(2):
        with pytest.raises(SystemExit) as caught:
            tasks.set_up(developer=False)
        assert caught.value.code == 7
        assert "run the same command again" in capsys.readouterr().err


def test_an_unknown_job_is_answered_with_those_there_are(tasks: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert tasks.main(["tset"]) == 2
    assert "python3 tasks.py test" in capsys.readouterr().err
    assert tasks.main([]) == 0
