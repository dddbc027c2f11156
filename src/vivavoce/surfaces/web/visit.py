"""What a page's function works with, and how it is run: form parsed, in one thread pool, errors turned into pages."""

from __future__ import annotations

import logging
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import parse_qsl

import anyio
import anyio.to_thread
from jinja2 import Environment
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from vivavoce.domain.errors import BadInputError, StorageError, UnknownItemError, VivavoceError
from vivavoce.domain.exercise import Framework
from vivavoce.services.markup import plain
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.web.live_picture import LivePicture
from vivavoce.surfaces.web.problem import json_problem, wants_json
from vivavoce.surfaces.web.security.limit import TooLargeError
from vivavoce.surfaces.web.wording import shorten

log = logging.getLogger("vivavoce.web")

THREADS = 8
SLOW_THREADS = 4
"""Apart, for pages that run code: they may wait for seconds and hold up no other page."""
MAX_FIELDS = 40
THEME_COOKIE = "vivavoce_theme"


@dataclass(slots=True)
class Health:
    """What the pages must say about the program itself."""

    grader_problem: str = ""
    first_page: threading.Event = field(default_factory=threading.Event)
    """Set once a page has been made."""


@dataclass(slots=True)
class Shared:
    """What every request of one app shares."""

    ws: Workspace
    templates: Environment
    health: Health
    limiter: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(THREADS))
    slow: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(SLOW_THREADS))
    drawing: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))
    """Pictures are drawn one at a time, apart from everything else."""
    live: LivePicture = field(default_factory=LivePicture)
    warmed: set[Framework] = field(default_factory=set)
    """Frameworks whose judge has been prepared."""


@dataclass(slots=True)
class Visit:
    """One request, with what a page needs."""

    request: Request
    shared: Shared
    form: dict[str, str] = field(default_factory=dict)

    @property
    def ws(self) -> Workspace:
        return self.shared.ws

    @property
    def json(self) -> bool:
        """Whether the page's script asks, not the browser."""
        return self.form.get("reply") == "json" or wants_json(self.request)

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    def query(self, name: str) -> str:
        return self.request.query_params.get(name, "").strip()

    @property
    def item(self) -> str:
        """The item id of addresses that hold `{concept}/{name}`."""
        return f"{self.path('concept')}/{self.path('name')}"

    def part(self, template: str, macro: str, *values: Any) -> str:
        """The HTML of one macro."""
        module = self.shared.templates.get_template(template).make_module()
        return str(getattr(module, macro)(*values))

    def page(self, template: str, *, status: int = 200, **context: Any) -> Response:
        theme = self.request.cookies.get(THEME_COOKIE, "")
        html = self.shared.templates.get_template(template).render(
            here=self.request.url.path,
            theme=theme if theme in ("light", "dark") else "",
            grader_problem=self.shared.health.grader_problem,
            **context,
        )
        return HTMLResponse(html, status_code=status)

    def go(self, path: str) -> Response:
        """See another page: after a change, so that a reload repeats nothing."""
        return JSONResponse({"location": path}) if self.json else RedirectResponse(path, status_code=303)

    def problem(
        self, status: int, title: str, message: str, *, suggestions: tuple[tuple[str, str], ...] = (), kept: str = ""
    ) -> Response:
        """The page of an error. `suggestions` are (address, words); `kept` is text that was typed."""
        if self.json:
            return json_problem(status, message)
        return self.page(
            "problem.html", status=status, title=title, message=message, suggestions=suggestions, kept=kept
        )

    def failed(self, error: Exception) -> Response:
        """The page that explains `error`."""
        kept = self.form.get("text", "") or self.form.get("note", "") or self.form.get("code", "")
        if isinstance(error, UnknownItemError):
            return self._unknown(error, kept)
        if isinstance(error, BadInputError):
            status = 404 if self.request.method == "GET" else 400
            return self.problem(status, "That does not work", sentence(error), kept=kept)
        if isinstance(error, StorageError):
            note = "Your text is below; copy it, or try again. " if kept else ""
            return self.problem(
                503, "The database cannot be used right now", f"{sentence(error)} {note}".strip(), kept=kept
            )
        if isinstance(error, VivavoceError):
            return self.problem(503, "That did not work", sentence(error), kept=kept)
        log.error("%s %s failed", self.request.method, self.request.url.path, exc_info=error)
        return self.problem(
            500,
            "Something went wrong in Vivavoce",
            "This is a fault of the program. Nothing that was saved is lost, and what you had typed is kept as a "
            f"draft. ({type(error).__name__}; the terminal shows more.)",
            kept=kept,
        )

    def _unknown(self, error: UnknownItemError, kept: str) -> Response:
        suggestions: tuple[tuple[str, str], ...] = ()
        if error.kind == "item":
            bank = self.ws.library.bank
            suggestions = tuple(
                (f"/questions/{s}", shorten(plain(bank.question(s).prompt), 110)) for s in error.suggestions
            )
        elif error.kind in ("exercise", "case"):
            bank = self.ws.library.bank
            suggestions = tuple((f"/code/{s}", bank.exercise(s).title) for s in error.suggestions)
        elif error.kind == "lab":
            bank = self.ws.library.bank
            suggestions = tuple((f"/lab/{s}", bank.lab(s).question) for s in error.suggestions)
        elif error.kind == "concept":
            bank = self.ws.library.bank
            suggestions = tuple((f"/concepts/{s}", bank.concept(s).title) for s in error.suggestions)
        message = (
            f"There is no {NAMES.get(error.kind, error.kind)} “{error.wanted[:200]}”." if not self.json else str(error)
        )
        return self.problem(404, "Not found", message, suggestions=suggestions, kept=kept)


NAMES = {"item": "question"}
"""Of the kinds in errors, where a page says it differently."""

Page = Callable[[Visit], Response]


def sentence(error: Exception) -> str:
    """The message of an error of ours as a sentence."""
    text = str(error)
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!")) else f"{text}."


def endpoint(page: Page, *, slow: bool = False, draws: bool = False) -> Callable[[Request], Awaitable[Response]]:
    """Run `page` in a thread of one pool, of the `slow` one, or of that which draws.

    Every error becomes the page that explains it.
    """

    async def run(request: Request) -> Response:
        shared: Shared = request.app.state.shared
        visit = Visit(request, shared)
        try:
            if request.method == "POST":
                visit.form = parse_form(await request.body())
            limiter = shared.drawing if draws else shared.slow if slow else shared.limiter
            return await anyio.to_thread.run_sync(partial(_guarded, page, visit), limiter=limiter)
        except TooLargeError:
            raise
        except Exception as error:
            return visit.failed(error)
        finally:
            shared.health.first_page.set()

    run.__name__ = getattr(page, "__name__", "page")
    return run


def parse_form(body: bytes) -> dict[str, str]:
    """The fields of a urlencoded form; the last of a name counts. Raises `BadInputError` for far too many."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="replace"
        )
    except ValueError as error:
        raise BadInputError(f"the form has more than {MAX_FIELDS} fields; this page has fewer") from error
    return dict(pairs)


def _guarded(page: Page, visit: Visit) -> Response:
    try:
        return page(visit)
    except VivavoceError as error:
        return visit.failed(error)
