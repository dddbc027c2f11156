"""One confined process as the judge sees it on Linux: a socket, a pipe, a pidfd, and clocks that it cannot reach."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable

from vivavoce.engines.judge.sandbox.client import TICK_S, Exit, SandboxStartError
from vivavoce.engines.judge.sandbox.meters import LinuxMeter
from vivavoce.engines.judge.sandbox.structs import CONFINED


class LinuxProcess:
    """A `Process` by way of a socket, a pipe and a pidfd."""

    def __init__(self, reap: Callable[[], Exit | None], pidfd: int, data: socket.socket, output: int) -> None:
        self._reap, self._pidfd = reap, pidfd
        self._data, self._output_fd = data, output
        data.setblocking(False)
        os.set_blocking(output, False)
        self.pid = _outer_pid(pidfd)
        self._meter = LinuxMeter(self.pid)
        self._poll = select.poll()
        self._output_open = True
        self._exit: Exit | None = None
        self._reaped = False

    def confined(self) -> None:
        """Wait for the byte that says so. Raises `SandboxStartError` otherwise."""
        deadline = time.monotonic() + 10.0

        def tick() -> None:
            if time.monotonic() > deadline:
                raise SandboxStartError("a child did not get confined in time")

        try:
            if self.receive(1, tick) == CONFINED:
                return
            with contextlib.suppress(EOFError):
                self._wait_for(select.POLLIN, tick)
            said = self._data.recv(1000).decode(errors="replace")
        except EOFError:
            said = "a child ended before it was confined"
        raise SandboxStartError(said)

    def send(self, data: bytes, tick: Callable[[], None]) -> None:
        view = memoryview(data)
        while view:
            try:
                view = view[self._data.send(view) :]
            except BlockingIOError:
                self._wait_for(select.POLLOUT, tick)
            except OSError:
                raise EOFError from None

    def receive(self, count: int, tick: Callable[[], None]) -> bytes:
        parts = bytearray()
        while len(parts) < count:
            try:
                part = self._data.recv(min(count - len(parts), 1 << 20))
            except BlockingIOError:
                self._wait_for(select.POLLIN, tick)
                continue
            except OSError:
                raise EOFError from None
            if not part:
                raise EOFError
            parts += part
        return bytes(parts)

    def unread(self) -> bool:
        try:
            return bool(self._data.recv(1, socket.MSG_PEEK))
        except BlockingIOError:
            return False
        except OSError:
            return False

    def output(self) -> bytes:
        parts = []
        while self._output_open:
            try:
                part = os.read(self._output_fd, 1 << 16)
            except (BlockingIOError, OSError):
                break
            if not part:
                self._output_open = False
            parts.append(part)
            if len(parts) > 64:  # a flood: look at the limits in between
                break
        return b"".join(parts)

    def cpu_s(self) -> float:
        return self._meter.cpu_s()

    def rss(self) -> int:
        return self._meter.rss()

    def kill(self) -> None:
        if not self._reaped:
            with contextlib.suppress(OSError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def wait(self, timeout_s: float) -> bool:
        return self._reaped or bool(select.select([self._pidfd], [], [], timeout_s)[0])

    def ended(self) -> Exit | None:
        if not self._reaped:
            self.wait(5.0)
            self._exit = self._reap()
            self._reaped = True
            os.close(self._pidfd)
        return self._exit

    def end(self) -> None:
        """Kill it, wait for it, and give back the descriptors."""
        self.kill()
        self.ended()
        self._data.close()
        os.close(self._output_fd)
        self._output_open = False

    def _wait_for(self, event: int, tick: Callable[[], None]) -> None:
        """Until the socket is ready, something was printed, or a tick has passed."""
        self._poll.register(self._data, event)
        if self._output_open:
            self._poll.register(self._output_fd, select.POLLIN)
        else:
            with contextlib.suppress(KeyError):
                self._poll.unregister(self._output_fd)
        ready = dict(self._poll.poll(TICK_S * 1000))
        if self._data.fileno() not in ready:
            tick()


def _outer_pid(pidfd: int) -> int:
    """The process's number as this process sees it, not as its own namespace does."""
    with open(f"/proc/self/fdinfo/{pidfd}", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))
