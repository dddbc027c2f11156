"""The web app, put together: routes, templates, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from difflib import get_close_matches

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount

from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.web.assets import URL, Assets, HashedFiles
from vivavoce.surfaces.web.problem import json_problem, wants_json
from vivavoce.surfaces.web.routes import (
    about,
    attempt,
    browse,
    case,
    claims,
    code,
    code_drafts,
    concept_map,
    drafts,
    home,
    judging,
    lab_run,
    labs,
    past,
    practise,
    question,
    submission,
)
from vivavoce.surfaces.web.security.access import Access, LaunchTokens
from vivavoce.surfaces.web.security.headers import SecurityHeaders
from vivavoce.surfaces.web.security.host import HostCheck
from vivavoce.surfaces.web.security.limit import BodyLimit
from vivavoce.surfaces.web.security.origin import SameOrigin
from vivavoce.surfaces.web.templating import environment
from vivavoce.surfaces.web.visit import Health, Shared, Visit

PAGES = (
    *(home, practise, question, drafts, attempt, browse, concept_map),
    *(code, code_drafts, judging, submission, case),
    *(lab_run, labs, claims, past, about),
)
NAMED = (
    *("/", "/practise", "/browse", "/map", "/code", "/labs", "/claims", "/history", "/progress"),
    *("/help", "/problems", "/export"),
)


def create_app(
    workspace: Workspace,
    *,
    secret: bytes,
    tokens: LaunchTokens,
    port: int,
    assets: Assets | None = None,
    health: Health | None = None,
    started: Callable[[], None] = lambda: None,
) -> Starlette:
    """The app for one user. `started` is called once, when requests are about to be served."""
    bundle = assets or Assets()
    shared = Shared(workspace, environment(bundle), health or Health())

    def page(request: Request, status: int, title: str, message: str) -> Response:
        """For what is refused before a page is reached; shows nothing of the user's."""
        if wants_json(request):
            return json_problem(status, message)
        return Visit(request, shared).page("refused.html", status=status, title=title, message=message)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        started()
        yield

    routes: list[BaseRoute] = [route for module in PAGES for route in module.ROUTES]
    if bundle.folder.is_dir():
        routes.append(Mount(URL, HashedFiles(directory=bundle.folder)))
    keep: Callable[[Starlette], AbstractAsyncContextManager[None]] = lifespan
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(HostCheck, port=port, page=page),
            Middleware(BodyLimit, page=page),
            Middleware(SameOrigin, page=page),
            Middleware(Access, secret=secret, tokens=tokens, page=page),
        ],
        exception_handlers={HTTPException: _no_such_page},
        lifespan=keep,
    )
    app.state.shared = shared
    return app


async def _no_such_page(request: Request, error: Exception) -> Response:
    """An address that leads nowhere, with the nearest that do; or a method that a page does not take."""
    visit = Visit(request, request.app.state.shared)
    status = error.status_code if isinstance(error, HTTPException) else 404
    if status != 404:
        return visit.problem(status, "That does not work", f"This address does not take {request.method} requests.")
    bank = visit.ws.library.bank
    known = [*NAMED, *(f"/concepts/{c}" for c in bank.concepts), *(f"/questions/{q}" for q in bank.questions)]
    known += [f"/code/{e}" for e in (*bank.exercises, *bank.cases)]
    known += [f"/lab/{lab}" for lab in bank.labs]
    asked = request.url.path
    near = get_close_matches(asked[:200], known, n=3, cutoff=0.6)
    return visit.problem(
        404, "Not found", f"There is no page at {asked[:200]}.", suggestions=tuple((path, path) for path in near)
    )
