"""Only who opened the printed address gets in: its token is exchanged for a cookie."""

from __future__ import annotations

import hmac
import secrets
import threading
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from vivavoce.surfaces.web.problem import ProblemPage
from vivavoce.surfaces.web.security.secret import cookie_name, cookie_value

TOKEN = "token"  # noqa: S105  # the name of a query parameter
YEAR_S = 365 * 24 * 3600
OPEN_PATHS = ("/static/",)


class LaunchTokens:
    """The tokens of this run: one that is printed and holds until the server stops, and ones that work once.

    A token that is handed to a browser on its command line can be read there by other users of the machine; by then it
    was used.
    """

    def __init__(self, printed: str | None = None) -> None:
        self.printed = printed or secrets.token_urlsafe(24)
        self._once: set[str] = set()
        self._lock = threading.Lock()

    def once(self) -> str:
        """A token that `accepts` takes a single time."""
        token = secrets.token_urlsafe(24)
        with self._lock:
            self._once.add(token)
        return token

    def accepts(self, token: str) -> bool:
        given = token.encode()
        with self._lock:
            for known in self._once:
                if hmac.compare_digest(known.encode(), given):
                    self._once.discard(known)
                    return True
        return hmac.compare_digest(self.printed.encode(), given)


class Access:
    """Middleware: a request needs the cookie, or a token to get it. Static files are public: they are in every copy."""

    def __init__(self, app: ASGIApp, *, secret: bytes, tokens: LaunchTokens, page: ProblemPage) -> None:
        self.app = app
        self.tokens = tokens
        self.page = page
        self.name = cookie_name(secret)
        self.value = cookie_value(secret)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(OPEN_PATHS):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        token = request.query_params.get(TOKEN)
        known = hmac.compare_digest(request.cookies.get(self.name, "").encode(), self.value.encode())
        if token is not None and request.method == "GET" and (self.tokens.accepts(token) or known):
            response = self._let_in(request)
        elif known:
            await self.app(scope, receive, send)
            return
        else:
            response = self.page(
                request,
                403,
                "This browser is not signed in",
                "Open the address that viva printed in the terminal where it runs. It holds a key that lets this "
                "browser in; nobody else on this machine can read your answers without it.",
            )
        await response(scope, receive, send)

    def _let_in(self, request: Request) -> Response:
        """The same address without the token, so that it stays out of bookmarks and history."""
        rest = urlencode([(k, v) for k, v in parse_qsl(request.url.query, keep_blank_values=True) if k != TOKEN])
        path = "/" + request.url.path.lstrip("/")
        target = f"{path}?{rest}" if rest else path
        response: Response = RedirectResponse(target, status_code=303)
        if request.headers.get("sec-fetch-site") in ("cross-site", "same-site"):
            # Followed from another page: a strict cookie is not sent with its redirects, but from our own page it is.
            go_on = f'<meta http-equiv="refresh" content="0;url={_attribute(target)}">'
            response = HTMLResponse(f'<!doctype html><html lang="en"><title>Vivavoce</title>{go_on}')
        response.set_cookie(self.name, self.value, max_age=YEAR_S, httponly=True, samesite="strict", path="/")
        return response


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace("'", "&#39;")
