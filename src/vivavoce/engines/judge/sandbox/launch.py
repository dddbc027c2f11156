"""How a zygote is started: the interpreter, what it may read, and bubblewrap around it."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

from vivavoce.domain.exercise import Confinement, Framework
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.client import SandboxStartError

_HERE = Path(__file__).resolve().parent


def command(framework: Framework, confinement: Confinement, control: int) -> list[str]:
    """What to run for a zygote of this framework."""
    found = packages.of(framework)
    configuration = {"framework": framework.value, "control": control, "roots": found.roots}
    start = [sys.executable, "-I", "-S", "-B", str(_HERE / "boot.py"), "zygote", json.dumps(configuration)]
    return [*wrapper(found), *start] if confinement is Confinement.CONTAINED else start


def permissions(framework: Framework, confinement: Confinement) -> dict[str, object]:
    """What the zygote's children may read and import; sent on its control socket."""
    found = packages.of(framework)
    folder, library = packages.standard_library()
    open_to_all = packages.readable_by_nobody([folder, *found.roots])
    return {
        "names": found.names,
        "readable": [*library, *found.paths],
        "listable": [folder],
        "keep_reading": confinement is Confinement.CONFINED and not open_to_all,
    }


def wrapper(found: packages.Packages) -> list[str]:
    """bubblewrap with a root that holds the interpreter, the framework and this folder, read-only, and nothing else."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise SandboxStartError("bubblewrap is not installed")
    arguments = [bwrap, "--unshare-ipc", "--unshare-net", "--unshare-pid", "--unshare-uts", "--unshare-cgroup-try"]
    arguments += ["--hostname", "sandbox", "--proc", "/proc", "--dev", "/dev", "--perms", "1777", "--tmpfs", "/tmp"]  # noqa: S108 - inside
    if os.getuid() == 0:
        arguments += ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    else:
        arguments += ["--unshare-user", "--cap-drop", "ALL"]
    for path in ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/etc/ld.so.cache"):
        arguments += ["--ro-bind-try", path, path]
    interpreter = Path(sys.executable)
    own = [str(interpreter), str(interpreter.parent.parent / "pyvenv.cfg"), str(interpreter.resolve())]
    shared = Path(sys.base_prefix) / "lib"
    bound = dict.fromkeys([*own, str(shared), *found.paths, str(_HERE)])
    parents = {str(parent) for path in bound for parent in Path(path).parents}
    for folder in sorted(parents - {"/"}):  # bubblewrap would make them for their owner only, who will not be the child
        arguments += ["--perms", "0755", "--dir", folder]
    for path in bound:
        arguments += ["--ro-bind-try", path, path]
    return [*arguments, "--remount-ro", "/", "--"]


def environment() -> dict[str, str]:
    """All that a child can know of the environment."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"), "1")
    return {"LANG": "C.UTF-8", "HOME": "/nonexistent", "USER": "nobody", "LOGNAME": "nobody", **threads}
