"""Answer only to the names of this machine: a foreign name that resolves to loopback is DNS rebinding."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vivavoce.surfaces.web.problem import ProblemPage

NAMES = ("127.0.0.1", "localhost", "[::1]")


class HostCheck:
    """Middleware: the Host header must be a loopback name with our port."""

    def __init__(self, app: ASGIApp, *, port: int, page: ProblemPage) -> None:
        self.app = app
        self.page = page
        self.allowed = {f"{name}:{port}" for name in NAMES} | ({*NAMES} if port == 80 else set())
        self.right = f"http://{NAMES[0]}:{port}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        host = request.headers.get("host", "")
        if host.lower() in self.allowed:
            await self.app(scope, receive, send)
            return
        response = self.page(
            request, 421, "Wrong address", f"This app answers at {self.right} only, and was asked as {host[:100]!r}."
        )
        await response(scope, receive, send)
