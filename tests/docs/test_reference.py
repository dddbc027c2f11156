"""The generated documents are current, and nothing that a user meets lacks its place in them."""

from __future__ import annotations

import re
from pathlib import Path

from vivavoce import __version__
from vivavoce.settings import setting_names
from vivavoce.surfaces.cli import reference

ROOT = Path(__file__).parents[2]


def test_the_command_reference_is_what_the_code_says() -> None:
    written = (ROOT / "docs/users/commands.md").read_text(encoding="utf-8")
    assert written == reference.render(), "run `python3 tasks.py docs`"


def test_every_setting_has_its_row() -> None:
    text = reference.render()
    assert not [name for name in setting_names() if f"`{name}`" not in text]


def test_no_command_or_option_lacks_its_sentence() -> None:
    assert not re.findall(r"^\| `[^|]*` \|\s*\|$", reference.render(), flags=re.M)


def test_the_top_entry_of_the_changelog_is_this_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    top = re.search(r"^## (\S+)", changelog, flags=re.M)
    assert top is not None
    assert top.group(1) == __version__


def test_every_dependency_carries_its_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text[text.index("dependencies = [") : text.index("[project.optional-dependencies]")]
    bare = [line.strip() for line in block.splitlines()[1:] if line.strip().startswith('"') and "#" not in line]
    assert not bare
