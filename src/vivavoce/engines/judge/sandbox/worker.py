"""A process with limits only (L0): it imports its framework, says that it is ready, and serves one submission.

It runs on every system, so it uses nothing but pipes: questions on standard input, answers on what was standard output,
and everything that is printed on standard error.
"""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from typing import Any

from vivavoce.engines.judge.sandbox import child, frameworks
from vivavoce.engines.judge.sandbox.structs import CONFINED


def main(configuration: dict[str, Any]) -> None:
    """Get ready, say so, and serve until the judge hangs up."""
    questions, answers = os.dup(0), os.dup(1)
    if sys.platform == "win32":
        msvcrt = importlib.import_module("msvcrt")
        for descriptor in (questions, answers):
            msvcrt.setmode(descriptor, os.O_BINARY)
    adapter = frameworks.adapter(configuration["framework"])
    adapter.warm()
    _limit()
    if sys.platform == "linux" and os.getuid() == 0:
        confine = importlib.import_module("vivavoce.engines.judge.sandbox.confine")
        confine.leave_root(keep_reading=configuration["keep_reading"])
    output = os.dup(2)
    child.redirect(output)
    child.prepare_streams()
    if sys.platform != "win32":  # there, the job takes it along
        threading.Thread(target=_die_with, args=(os.getppid(),), daemon=True).start()
    os.write(answers, CONFINED)
    child.Server(questions, answers, adapter).run()


def _die_with(parent: int) -> None:
    """A submission that runs for ever must not outlive a judge that was killed."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _limit() -> None:
    """What the system offers: no core files, no files that fill the disk, an end to processor time."""
    if sys.platform != "win32":
        resource = importlib.import_module("resource")
        for what in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):
            resource.setrlimit(what, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (600, 600))
