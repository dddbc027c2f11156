"""The real server in a process, the system's Chromium, and a page that notices everything that goes wrong in it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE_MS = 60_000
"""The grader's first answer loads the encoder, on a machine that may be busy with other tests."""


def find_browser() -> str | None:
    """The system's Chromium or Chrome."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def launch(playwright: Playwright) -> Browser:
    path = find_browser()
    assert path is not None
    args = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else list(QUIET)
    return playwright.chromium.launch(executable_path=path, args=args, headless=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`viva` in a process; it can be killed and started again at the same port with the same data."""

    data: Path
    port: int = field(default_factory=free_port)
    url: str = ""
    process: subprocess.Popen[str] | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "vivavoce", "--no-browser", "--port", str(self.port)]
        env = os.environ | {"VIVAVOCE_DATA_DIR": str(self.data), "PYTHONUNBUFFERED": "1"}
        log = (self.data / "server.log").open("a", encoding="utf-8")
        with log:
            self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self.process.stdout is not None
        said: list[str] = []
        while True:
            line = self.process.stdout.readline()
            assert line, f"the server ended early: {said} {(self.data / 'server.log').read_text(encoding='utf-8')}"
            said.append(line)
            found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=\S+", line)
            if found:
                assert int(found[1]) == self.port, f"port {self.port} was taken by something else"
                self.url = found[0]
                return

    def kill(self) -> None:
        """As `kill -9` does."""
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None


@contextlib.contextmanager
def server_at(data: Path) -> Iterator[Server]:
    data.mkdir(parents=True, exist_ok=True)
    server = Server(data)
    server.start()
    try:
        yield server
    finally:
        server.kill()


@dataclass
class Watch:
    """What went wrong in a browser context: console messages, script errors, refused loads, requests to elsewhere."""

    base: str
    faults: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    """Parts of messages that the test itself provokes."""

    def page(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script error: {error}"))

    def context(self, context: BrowserContext) -> None:
        context.on("page", self.page)
        context.on("request", self._request)
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).netloc != urlsplit(self.base).netloc and not request.url.startswith(
            ("data:", "blob:")
        ):
            self.faults.append(f"outside request: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} for {response.url}")

    def unexpected(self) -> list[str]:
        return [fault for fault in self.faults if not any(part in fault for part in self.expected)]
