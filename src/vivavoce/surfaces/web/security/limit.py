"""A body may have 1.5 MB: more than any answer, less than what would hurt."""

from __future__ import annotations

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from vivavoce.surfaces.web.problem import ProblemPage

MAX_BODY_BYTES = 1_500_000
_DRAINED_BYTES = 32_000_000
"""A refused body is read and thrown away up to here: a browser shows the answer only after it has sent everything."""


class TooLargeError(Exception):
    """A body without a declared length turned out to be too large."""


class BodyLimit:
    """Middleware: refuses a larger body before reading it, or as soon as it has grown too large."""

    def __init__(self, app: ASGIApp, *, page: ProblemPage, limit: int = MAX_BODY_BYTES) -> None:
        self.app = app
        self.page = page
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        declared = request.headers.get("content-length", "0")
        if not declared.isdigit() or int(declared) > self.limit:
            await self._refuse(scope, receive, send)
            return
        read = 0
        ended = started = False

        async def counted() -> Message:
            nonlocal read, ended
            message = await receive()
            read += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if read > self.limit:
                raise TooLargeError
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self.app(scope, counted, noted)
        except TooLargeError:
            if started:
                raise
            await self._refuse(scope, receive, send, ended=ended)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send, *, ended: bool = False) -> None:
        response = self.page(
            Request(scope),
            413,
            "This text is too large",
            f"At most {self.limit / 1e6:.1f} MB are taken at once. Nothing was changed: go back, your text is still in "
            "its box; keep the part that answers the question.",
        )
        drained = 0
        while not ended and drained < _DRAINED_BYTES:
            message = await receive()
            drained += len(message.get("body", b""))
            ended = message["type"] != "http.request" or not message.get("more_body", False)
        response.headers["Connection"] = "close"
        await response(scope, receive, send)
