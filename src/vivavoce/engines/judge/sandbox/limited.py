"""Limits only (L0), for any system: one pre-started worker per submission, killed afterwards. Not a boundary.

What holds: no verdict comes from the submission, processor time, wall time, memory and output are limited, and the end
is clean. What does not: it runs as the user, with the user's files and network.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from vivavoce.domain.exercise import Confinement, Framework, Limits, Outcome
from vivavoce.engines.judge.base import Child, StoppedError
from vivavoce.engines.judge.sandbox import packages
from vivavoce.engines.judge.sandbox.client import TICK_S, ChildClient, Exit, SandboxStartError
from vivavoce.engines.judge.sandbox.meters import meter
from vivavoce.engines.judge.sandbox.structs import CONFINED
from vivavoce.engines.judge.sandbox.windows import Job
from vivavoce.engines.judge.sandbox.wire import MAX_BUFFERS, MAX_TREE

_START_S = 120.0
_POLL_MS = 500
"""How long a pump waits before it looks whether it was stopped."""
_BOOT = Path(__file__).resolve().parent / "boot.py"
_INHERITED = ("SYSTEMROOT", "SystemRoot", "PATH", "TEMP", "TMP", "LANG")
"""Of the environment; Windows cannot start a process without its root."""


class LimitedSandbox:
    """A `Sandbox` at L0 that keeps one worker ready for each framework that was used."""

    def __init__(self, *, wall_s: Callable[[Limits], float] | None = None) -> None:
        self._wall_s = wall_s or (lambda limits: limits.wall_s)
        self._lock = threading.Lock()
        self._ready: dict[Framework, Worker] = {}
        self._closed = False

    @property
    def confinement(self) -> Confinement:
        return Confinement.LIMITED

    def warm(self, framework: Framework) -> None:
        """Start a worker; importing goes on in it while this process does other things."""
        with self._lock, contextlib.suppress(SandboxStartError, OSError):
            if framework not in self._ready and not self._closed:
                self._ready[framework] = Worker(framework)

    @contextlib.contextmanager
    def child(self, framework: Framework, limits: Limits) -> Iterator[Child]:
        if self._closed:
            raise StoppedError(Outcome.SANDBOX_ERROR, "The sandbox is closed.")
        with self._lock:
            worker = self._ready.pop(framework, None)
        try:
            worker = worker or Worker(framework)
            worker.confined()
        except (SandboxStartError, OSError) as error:
            if worker is not None:
                worker.end()
            raise StoppedError(Outcome.SANDBOX_ERROR, f"The sandbox could not start a process: {error}") from None
        worker.limit(limits.memory_mib << 20)
        client = ChildClient(worker, limits, wall_s=self._wall_s(limits))
        try:
            yield client
        finally:
            client.close()
            worker.end()
            self.warm(framework)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers, self._ready = list(self._ready.values()), {}
        for worker in workers:
            worker.end()


class Worker:
    """A `Process` by way of three pipes, each served by a thread: Windows cannot wait for pipes."""

    def __init__(self, framework: Framework) -> None:
        if not packages.installed(framework):
            raise SandboxStartError(f"{framework.value} is not installed")
        self._popen = subprocess.Popen(  # noqa: S603 - our own interpreter and file
            _command(framework),
            env={k: os.environ[k] for k in _INHERITED if k in os.environ} | _threads(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=sys.platform != "win32",
        )
        handle = getattr(self._popen, "_handle", None)
        self._job = _job(int(handle)) if handle is not None else None
        self._meter = meter(self._popen.pid, None if handle is None else int(handle))
        assert self._popen.stdout
        assert self._popen.stderr
        self._answers = _Pump(self._popen.stdout.fileno(), MAX_TREE + MAX_BUFFERS)
        self._printed = _Pump(self._popen.stderr.fileno(), 8 << 20)
        self._killed = False

    @property
    def pid(self) -> int:
        return self._popen.pid

    def confined(self) -> None:
        """Wait until it is ready. Raises `SandboxStartError` otherwise."""
        deadline = time.monotonic() + _START_S

        def tick() -> None:
            if time.monotonic() > deadline:
                raise SandboxStartError("a worker did not get ready in time")

        try:
            if self.receive(1, tick) == CONFINED:
                return
        except EOFError:
            pass
        said = self.output().decode(errors="replace").strip()
        raise SandboxStartError(said.splitlines()[-1] if said else "a worker ended before it was ready")

    def limit(self, memory_bytes: int) -> None:
        """Where the system can, have the kernel keep the memory limit too; the judge's look at it stands anyway."""
        if sys.platform != "linux":
            return
        with contextlib.suppress(OSError):
            resource = importlib.import_module("resource")
            data = int(Path(f"/proc/{self.pid}/statm").read_text().split()[5]) * resource.getpagesize()
            most = data + memory_bytes
            resource.prlimit(self.pid, resource.RLIMIT_DATA, (most, most))

    def send(self, data: bytes, tick: Callable[[], None]) -> None:
        pipe = self._popen.stdin
        assert pipe
        failed = []

        def write() -> None:
            try:
                pipe.write(data)
                pipe.flush()
            except (OSError, ValueError) as error:
                failed.append(error)

        thread = threading.Thread(target=write, daemon=True)
        thread.start()
        while True:
            thread.join(TICK_S)
            if not thread.is_alive():
                break
            tick()
        if failed:
            raise EOFError

    def receive(self, count: int, tick: Callable[[], None]) -> bytes:
        while not self._answers.holds(count, TICK_S):
            tick()
        return self._answers.take(count)

    def unread(self) -> bool:
        return self._answers.size > 0

    def output(self) -> bytes:
        self._printed.drain()
        return self._printed.take(self._printed.size)

    def cpu_s(self) -> float:
        return self._meter.cpu_s()

    def rss(self) -> int:
        return self._meter.rss()

    def kill(self) -> None:
        if self._popen.poll() is None:
            self._killed = True
        if sys.platform == "win32":
            self._popen.kill()
        else:  # the group: it may have started others
            with contextlib.suppress(OSError):
                os.killpg(self._popen.pid, signal.SIGKILL)

    def wait(self, timeout_s: float) -> bool:
        try:
            self._popen.wait(timeout_s)
        except subprocess.TimeoutExpired:
            return False
        return True

    def ended(self) -> Exit | None:
        code = self._popen.wait()
        if code < 0:
            return Exit(-code, self.cpu_s(), self.rss())
        fault = sys.platform == "win32" and code & 0xC0000000 == 0xC0000000  # an NTSTATUS such as access violation
        return Exit(int(signal.SIGSEGV) if fault else None, self.cpu_s(), self.rss())

    def end(self) -> None:
        """Kill it, wait for it, and give back pipes and threads."""
        self.kill()
        self._popen.wait()
        if self._job is not None:
            self._job.close()
        for pump in (self._answers, self._printed):
            pump.stop()
        for pipe in (self._popen.stdin, self._popen.stdout, self._popen.stderr):
            with contextlib.suppress(OSError):
                if pipe:
                    pipe.close()


class _Pump:
    """Reads a pipe in a thread, up to `most` bytes ahead.

    Where pipes can be polled, bytes are read under the lock and `drain` reads what the thread did not get to: what was
    printed before an answer is there when the answer is, however busy the machine.
    """

    def __init__(self, descriptor: int, most: int) -> None:
        self._descriptor, self._most = descriptor, most
        self._held = bytearray()
        self._open = True
        self._change = threading.Condition()
        self._poll = _poll(descriptor)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def size(self) -> int:
        return len(self._held)

    def holds(self, count: int, timeout_s: float) -> bool:
        """Whether `count` bytes are there; raises `EOFError` when there will not be."""
        with self._change:
            if len(self._held) < count and self._open:
                self._change.wait(timeout_s)
            if len(self._held) < count and not self._open:
                raise EOFError
            return len(self._held) >= count

    def take(self, count: int) -> bytes:
        with self._change:
            taken = bytes(self._held[:count])
            del self._held[:count]
            self._change.notify_all()
        return taken

    def drain(self) -> None:
        """Read what is in the pipe now. Does nothing where pipes cannot be polled: there the thread alone reads."""
        with self._change:
            while self._poll is not None and self._open and len(self._held) <= self._most and self._read():
                pass

    def stop(self) -> None:
        with self._change:
            self._open = False
            self._change.notify_all()
        self._thread.join(2)

    def _run(self) -> None:
        while self._open:
            if self._poll is None:
                part = _bytes_of(self._descriptor)
                with self._change:
                    self._add(part)
                    self._wait_for_room()
            else:
                self._poll.poll(_POLL_MS)
                with self._change:
                    if self._open:
                        self._read()
                        self._wait_for_room()

    def _read(self) -> bool:
        """Read once, without waiting; whether there was something."""
        try:
            part = os.read(self._descriptor, 1 << 16)
        except BlockingIOError:
            return False
        except OSError:
            part = b""
        self._add(part)
        return bool(part)

    def _add(self, part: bytes) -> None:
        self._held += part
        self._open = self._open and bool(part)
        self._change.notify_all()

    def _wait_for_room(self) -> None:
        while self._open and len(self._held) > self._most:
            self._change.wait()


def _poll(descriptor: int) -> select.poll | None:
    """What waits for bytes in a pipe, which then never blocks; None on Windows, which cannot."""
    if sys.platform == "win32":
        return None
    os.set_blocking(descriptor, False)
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return poll


def _bytes_of(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 1 << 16)
    except OSError:
        return b""


def _command(framework: Framework) -> list[str]:
    found = packages.of(framework)
    folder, _ = packages.standard_library()
    configuration = {
        "framework": framework.value,
        "roots": found.roots,
        "keep_reading": not packages.readable_by_nobody([folder, *found.roots]),
    }
    # On Windows the interpreter of an environment starts another process, whose end nobody would see.
    interpreter = getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable
    return [interpreter, "-I", "-S", "-B", "-X", "utf8", str(_BOOT), "worker", json.dumps(configuration)]


def _threads() -> dict[str, str]:
    return dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def _job(handle: int) -> Job | None:
    """Windows only: the job that holds the process."""
    try:
        return Job(handle)
    except OSError:
        return None
