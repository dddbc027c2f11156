"""Every shell block of the README does what it says, and every link of the documents leads somewhere."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINES = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```", README, flags=re.M | re.S)
    for line in block.splitlines()
    if line.strip() and not line.startswith("#")
]
BIN = Path(sys.executable).parent
DOCUMENTS = sorted(p for p in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def _environment(tmp_path: Path) -> dict[str, str]:
    return {**os.environ, "VIVAVOCE_DATA_DIR": str(tmp_path), "NO_COLOR": "1"}


def test_the_readme_gives_the_two_commands_and_the_first_by_line_15() -> None:
    assert [line for line in LINES if line.startswith("python3 tasks.py")] == [
        "python3 tasks.py run",
        "python3 tasks.py test",
    ]
    assert README.splitlines().index("python3 tasks.py run") < 15
    assert re.search(r"\d+ MB.*minutes?.*two seconds", README.splitlines()[3]), "the lines on what to expect"


@pytest.mark.parametrize("line", [line for line in LINES if not line.startswith("python3 tasks.py")])
def test_a_command_of_the_readme_succeeds(line: str, tmp_path: Path) -> None:
    words = shlex.split(line)
    words[0] = words[0].replace(".venv/bin", str(BIN))
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, env=_environment(tmp_path), check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_the_first_command_starts_the_app(tmp_path: Path) -> None:
    """Set-up is left out (the tests run in what it made); the rest is what `python3 tasks.py run` executes."""
    command = [str(BIN / "viva"), "--no-browser", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=_environment(tmp_path))
    try:
        assert process.stdout is not None
        address = next(m.group() for line in process.stdout if (m := re.search(r"http://127\S+", line)))
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        with opener.open(address, timeout=30) as response:
            assert response.status == 200
            assert "<h1" in response.read().decode()
    finally:
        process.terminate()
        code = process.wait(timeout=20)
        if process.stdout is not None:
            process.stdout.close()
    assert code == 0


def test_ci_runs_the_test_command_of_the_readme() -> None:
    assert "\npython3 tasks.py test\n" in (ROOT / ".ci/run").read_text()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(document: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
    dead = [link for link in links if "://" not in link and not (document.parent / link).exists()]
    assert not dead
