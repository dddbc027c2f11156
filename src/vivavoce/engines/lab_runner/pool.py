"""Worker processes that measure seeds of one lab, and end when they are told or no longer needed."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivavoce.domain.lab import Lab, Settings

_WORKER = Path(__file__).with_name("worker.py")
_ONE_THREAD = (
    "OMP_NUM_THREADS",
    "MKL_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "NUMEXPR_NUM_THREADS",
)
_LAST_WORDS = 2000
"""Characters of a worker's last output that are kept for an error."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker said to a job."""

    job: tuple[int, ...]
    """Its seeds; empty for the illustration."""
    record: dict[str, Any]

    @property
    def error(self) -> str:
        return str(self.record.get("error", ""))


class Pool:
    """Up to `workers` processes with one lab loaded. Jobs are taken in order; replies come as they are ready."""

    def __init__(self, lab: Lab, settings: Settings, workers: int) -> None:
        self.replies: queue.Queue[Reply] = queue.Queue()
        self._jobs: queue.Queue[tuple[int, ...] | None] = queue.Queue()
        self._first = {"lab": lab.path, "settings": _exact(lab, settings), "batched": lab.batch > 1}
        self._processes: list[subprocess.Popen[str]] = []
        self._closed = False
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(workers)]
        for thread in self._threads:
            thread.start()

    def ask(self, seeds: Sequence[int]) -> None:
        """Measure `seeds` together; none asks for the illustration."""
        self._jobs.put(tuple(seeds))

    def close(self) -> None:
        """End the processes, at once."""
        with self._lock:
            self._closed = True
            processes = list(self._processes)
        for process in processes:
            with contextlib.suppress(OSError):
                process.kill()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join(timeout=5)

    def _serve(self) -> None:
        """One worker's whole life, on a thread of its own. It is started when the first job comes."""
        job = self._jobs.get()
        if job is None:
            return
        process = self._started()
        if process is None:
            return
        heard = _Listener(process)
        try:
            ready = self._exchange(process, heard, self._first)
            while job is not None:
                if "error" in ready:
                    self.replies.put(Reply(job, ready))
                else:
                    request = {"seeds": list(job)} if job else {"illustrate": True}
                    self.replies.put(Reply(job, self._exchange(process, heard, request)))
                job = self._jobs.get()
        finally:
            process.kill()
            process.wait()
            for pipe in filter(None, (process.stdin, process.stdout, process.stderr)):
                with contextlib.suppress(OSError):  # what was still to be written to a worker that has ended
                    pipe.close()

    def _started(self) -> subprocess.Popen[str] | None:
        with self._lock:
            if self._closed:
                return None
            process = subprocess.Popen(  # noqa: S603 - our own worker, by our own interpreter
                [sys.executable, str(_WORKER)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                env={
                    **os.environ,
                    **dict.fromkeys(_ONE_THREAD, "1"),
                    "PYTHONHASHSEED": "0",
                    "CUDA_VISIBLE_DEVICES": "",
                },
            )
            self._processes.append(process)
            return process

    def _exchange(self, process: subprocess.Popen[str], heard: _Listener, request: dict[str, Any]) -> dict[str, Any]:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(request) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
            reply = json.loads(line) if line else None
        except (OSError, ValueError):
            reply = None
        if isinstance(reply, dict):
            return reply
        process.kill()
        code = process.wait()
        return {"error": f"the worker ended (exit status {code}). {heard.last_words()}".strip()}


def _exact(lab: Lab, settings: Settings) -> dict[str, float | str]:
    return {name: lab.parameters[name].exact(value) for name, value in settings.items()}


class _Listener:
    """Reads what a worker prints, so that its pipe never fills, and keeps the end."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._kept = ""
        self._thread = threading.Thread(target=self._listen, args=(process,), daemon=True)
        self._thread.start()

    def last_words(self) -> str:
        self._thread.join(timeout=1)
        return self._kept.strip()

    def _listen(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        with contextlib.suppress(ValueError):  # closed while reading: the worker was ended
            for line in process.stderr:
                self._kept = (self._kept + line)[-_LAST_WORDS:]
