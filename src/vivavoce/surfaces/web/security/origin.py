"""Requests that change something must come from our own pages (or from no page at all, such as curl)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from vivavoce.surfaces.web.problem import ProblemPage

SAFE = ("GET", "HEAD", "OPTIONS")


class SameOrigin:
    """Middleware: `Sec-Fetch-Site` decides where the browser sends it, `Origin` where it does not."""

    def __init__(self, app: ASGIApp, *, page: ProblemPage) -> None:
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE or self._ours(Request(scope)):
            await self.app(scope, receive, send)
            return
        response = self.page(
            Request(scope, receive),
            403,
            "This request came from another page",
            "Only Vivavoce's own pages may change something here. Nothing was changed.",
        )
        await response(scope, receive, send)

    def _ours(self, request: Request) -> bool:
        site = request.headers.get("sec-fetch-site")
        if site is not None:
            return site in ("same-origin", "none")
        origin = request.headers.get("origin")
        return origin is None or origin == f"{request.url.scheme}://{request.headers.get('host', '')}"
