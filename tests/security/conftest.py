"""Sandboxes of every level that this machine offers; what is not offered is skipped with its reason."""

from __future__ import annotations

import os
import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.support import SECRET, SHORT_WALL_S, WALL_S
from vivavoce.domain.exercise import Confinement
from vivavoce.engines.judge.base import Sandbox
from vivavoce.engines.judge.sandbox.select import NoSandboxError, choose

_OPEN: dict[tuple[Confinement, float], Sandbox | str] = {}


def sandbox_of(level: Confinement, wall_s: float = WALL_S) -> Sandbox:
    """One per level, wall limit and test process, skipping where the level cannot be had."""
    key = level, wall_s
    if key not in _OPEN:
        try:
            _OPEN[key] = choose(level, wall_s=lambda _: wall_s).sandbox
        except NoSandboxError as error:
            _OPEN[key] = str(error)
    found = _OPEN[key]
    if isinstance(found, str):
        pytest.skip(found)
    return found


@pytest.fixture
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    """Parametrized indirectly by level."""
    return sandbox_of(request.param)


@pytest.fixture
def impatient(request: pytest.FixtureRequest) -> Sandbox:
    """The same with a short wall limit."""
    return sandbox_of(request.param, SHORT_WALL_S)


@pytest.fixture(scope="session", autouse=True)
def _close_sandboxes() -> Iterator[None]:
    yield
    for found in _OPEN.values():
        if not isinstance(found, str):
            found.close()
    _OPEN.clear()


@pytest.fixture(scope="session", autouse=True)
def _secret_in_the_environment() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIVA_TEST_SECRET", SECRET)
        yield


@pytest.fixture
def secret_file() -> Iterator[Path]:
    """Open to everybody, so that only a sandbox can be what refuses; and a descriptor that any child would inherit."""
    with tempfile.TemporaryDirectory() as folder:  # pytest's own folders are closed to other users
        Path(folder).chmod(0o777)
        path = Path(folder, "secret.txt")
        path.write_text(SECRET)
        path.chmod(0o644)
        with path.open() as file:
            os.set_inheritable(file.fileno(), True)
            yield path


class Listener:
    """Counts who connects or sends, over TCP, UDP and an abstract Unix socket."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        self._stop = threading.Event()
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", 0))
        self.unix = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.name = f"\0viva-{SECRET[:16]}-{id(self)}"
        self.unix.bind(self.name)
        self._threads = [
            threading.Thread(target=self._serve, args=(kind, sock), daemon=True)
            for kind, sock in (("tcp", self.tcp), ("udp", self.udp), ("unix", self.unix))
        ]
        for thread in self._threads:
            thread.start()

    def _serve(self, kind: str, sock: socket.socket) -> None:
        sock.settimeout(0.05)
        while not self._stop.is_set():
            try:
                if kind == "tcp":
                    sock.accept()[0].close()
                else:
                    sock.recv(100)
            except TimeoutError:
                continue
            except OSError:
                return
            self.hits.append(kind)

    def close(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()
        for sock in (self.tcp, self.udp, self.unix):
            sock.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    found = Listener()
    yield found
    found.close()
