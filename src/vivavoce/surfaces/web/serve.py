"""Run the app on this machine: find a port, print the address, open the browser, stop cleanly."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import threading
import webbrowser
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn

from vivavoce.domain.errors import VivavoceError
from vivavoce.services.answer import resume
from vivavoce.services.workspace import Workspace, open_workspace
from vivavoce.settings import Settings
from vivavoce.surfaces.web.app import create_app
from vivavoce.surfaces.web.security.access import TOKEN, LaunchTokens
from vivavoce.surfaces.web.security.secret import load_secret
from vivavoce.surfaces.web.visit import Health

log = logging.getLogger("vivavoce.web")

HOST = "127.0.0.1"
_BACKLOG = 128
_LAST_REQUESTS_S = 3
_FIRST_PAGE_S = 3.0
"""Loading the grader waits so long for the first page to be made: it would take the processor from it."""


def serve(
    settings: Settings,
    *,
    port: int | None = None,
    open_browser: bool = True,
    say: Callable[[str], None] = lambda text: print(text, flush=True),
    browse: Callable[[str], object] = webbrowser.open,
) -> None:
    """Serve until Ctrl-C or SIGTERM. Raises `StorageError` kinds before anything is served.

    `port` None means the setting's, 0 any free one; when the port is in use a free one is taken, and said.
    """
    wanted = settings.port if port is None else port
    listening = listen(wanted)
    with contextlib.closing(listening), open_workspace(settings) as ws:
        bound = int(listening.getsockname()[1])
        address = f"http://{HOST}:{bound}/"
        tokens, health = LaunchTokens(), Health()
        if wanted not in (0, bound):
            say(f"Port {wanted} is in use; taking {bound}.")
        say(f"Vivavoce is at {address}?{TOKEN}={tokens.printed}  (Ctrl-C stops it)")

        def started() -> None:
            threading.Thread(target=_prepare, args=(ws, health), name="prepare", daemon=True).start()
            if open_browser:
                opening = (browse, f"{address}?{TOKEN}={tokens.once()}")
                threading.Thread(target=_open, args=opening, name="open-browser", daemon=True).start()

        app = create_app(
            ws, secret=load_secret(settings.data_dir), tokens=tokens, port=bound, health=health, started=started
        )
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            ws="none",
            timeout_graceful_shutdown=_LAST_REQUESTS_S,
        )
        with _terminable():
            uvicorn.Server(config).run(sockets=[listening])


def listen(wanted: int) -> socket.socket:
    """A listening socket on loopback: on port `wanted`, or on a free one when that is in use or not allowed.

    It listens at once, so that a browser that is opened early waits instead of failing.
    """
    for port in (wanted, 0):
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            # Without this a restart within a minute would find its own port in use. On Windows it means another thing.
            if hasattr(socket, "SO_REUSEPORT"):
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind((HOST, port))
            listening.listen(_BACKLOG)
            return listening
        except OSError:
            listening.close()
            if port == 0:
                raise
    raise AssertionError("port 0 is always tried")


def _prepare(ws: Workspace, health: Health) -> None:
    """Load the grader while the first question is being read; then grade what an earlier run left ungraded."""
    health.first_page.wait(_FIRST_PAGE_S)
    try:
        ws.grader.warm_up()
        for record in resume(ws):
            log.info("graded the interrupted answer %s", record.attempt.id)
        log.info("judging at %s", ws.judging.describe())  # opens the sandbox, whose test of itself takes a second
    except VivavoceError as error:
        health.grader_problem = str(error)
    except Exception as error:
        log.warning("preparing the grader failed", exc_info=error)
        health.grader_problem = f"{type(error).__name__}: {error}"


def _open(browse: Callable[[str], object], url: str) -> None:
    with contextlib.suppress(Exception):  # no browser here: the address is printed
        browse(url)


@contextlib.contextmanager
def _terminable() -> Iterator[None]:
    """Ctrl-C and SIGTERM end the block quietly. uvicorn finishes its requests first, then raises the signal again."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
