from __future__ import annotations

from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from vivavoce import plugins
from vivavoce.services.library import Library


def offers(monkeypatch: pytest.MonkeyPatch, group: str, **values: str) -> None:
    found = [EntryPoint(name, value, group) for name, value in values.items()]
    monkeypatch.setattr(plugins, "entry_points", lambda group: [e for e in found if e.group == group])


def another_pack() -> Path:
    return Path(__file__).parent / "nowhere"


def broken_pack() -> Path:
    raise RuntimeError("no folder")


def test_our_own_bank_comes_through_the_same_door_as_everybody_s() -> None:
    (core,) = plugins.pack_folders()
    assert (core.origin, core.problem) == ("core", "")
    assert core.folder == plugins.core_pack()
    assert (plugins.core_pack() / "pack.yaml").is_file()


def test_an_installed_pack_and_a_given_folder_stand_beside_ours_and_ours_comes_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    offers(
        monkeypatch,
        plugins.PACKS,
        another=f"{__name__}:another_pack",
        core="vivavoce.plugins:core_pack",
    )
    found = plugins.pack_folders([tmp_path])
    assert [p.origin for p in found] == ["core", "another", str(tmp_path)]
    assert found[1].folder == another_pack()


@pytest.mark.parametrize(
    ("value", "says"),
    [(f"{__name__}:broken_pack", "RuntimeError: no folder"), ("not_installed:pack", "ModuleNotFoundError")],
    ids=["raises", "missing module"],
)
def test_a_broken_pack_is_reported_and_the_others_still_load(
    monkeypatch: pytest.MonkeyPatch, value: str, says: str
) -> None:
    offers(monkeypatch, plugins.PACKS, core="vivavoce.plugins:core_pack", bad=value)
    found = {p.origin: p for p in plugins.pack_folders()}
    assert found["bad"].folder is None
    assert says in found["bad"].problem
    assert Library(list(found.values())).bank.concepts


def test_an_unknown_grader_is_answered_with_those_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    offers(monkeypatch, plugins.GRADERS, mine="x:y")
    with pytest.raises(LookupError, match="no grader 'theirs' is installed; installed: mine"):
        plugins.make_grader("theirs")
