"""The build hook: what it bundles, and when it does nothing."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
LOCK = ROOT / "src/vivavoce/surfaces/web/frontend/package-lock.json"


@pytest.fixture(scope="module")
def hook() -> ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def copy(hook: ModuleType, tmp_path: Path) -> Path:
    """A checkout with the front end's sources only."""
    shutil.copytree(ROOT / hook.FRONTEND, tmp_path / hook.FRONTEND, ignore=shutil.ignore_patterns("node_modules"))
    return tmp_path


def test_every_package_is_pinned_by_its_hash_and_no_host_is_named() -> None:
    packages = json.loads(LOCK.read_text(encoding="utf-8"))["packages"]
    pinned = {name: entry for name, entry in packages.items() if name}
    assert {"node_modules/htmx.org", "node_modules/katex", "node_modules/esbuild"} <= set(pinned)
    assert [name for name, entry in pinned.items() if not entry.get("integrity", "").startswith("sha512-")] == []
    assert [name for name, entry in pinned.items() if "resolved" in entry] == []


def test_a_bundle_is_current_until_an_input_changes(hook: ModuleType, copy: Path) -> None:
    assert not hook.is_current(copy)
    (copy / hook.DIST).mkdir(parents=True)
    (copy / hook.DIST / hook.STAMP).write_text(hook.inputs_hash(copy), encoding="ascii")
    assert hook.is_current(copy)
    (copy / hook.FRONTEND / "node_modules").mkdir()
    (copy / hook.FRONTEND / "node_modules" / "x.js").write_text("ignored", encoding="utf-8")
    assert hook.is_current(copy)
    with (copy / hook.FRONTEND / "js" / "main.js").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert not hook.is_current(copy)


def test_a_renamed_input_changes_the_hash(hook: ModuleType, copy: Path) -> None:
    before = hook.inputs_hash(copy)
    (copy / hook.FRONTEND / "js" / "keys.js").rename(copy / hook.FRONTEND / "js" / "other.js")
    assert hook.inputs_hash(copy) != before


def test_the_bundle_names_its_third_party_licences(hook: ModuleType) -> None:
    """Of the bundle in this checkout, which the installation made."""
    if not hook.is_current(ROOT):
        pytest.skip("the bundle is older than its sources; run `python hatch_build.py`")
    dist = ROOT / hook.DIST
    licences = (dist / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    assert "htmx.org 2." in licences
    assert "katex 0." in licences
    manifest = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))
    assert {"js/main.js", "css/index.css", "icons/icon.svg"} <= set(manifest)
    assert [name for name in manifest.values() if not (dist / name).is_file()] == []
    style = (dist / manifest["css/index.css"]).read_text(encoding="utf-8")
    assert "http" not in style.replace("http://www.w3.org", "")
    assert ".ttf" not in style
