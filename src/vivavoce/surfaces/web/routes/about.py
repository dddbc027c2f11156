"""Help, the export, and what is wrong with the packs."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.domain.errors import StorageError
from vivavoce.services.transfer import export_lines
from vivavoce.surfaces.web.visit import Visit, endpoint


def show_help(visit: Visit) -> Response:
    try:
        location = visit.ws.store.info().location
    except StorageError as error:
        location = str(error)
    settings = visit.ws.settings
    return visit.page(
        "help.html", location=location, settings=settings, packs=visit.ws.library.packs, grader=visit.ws.grader.name
    )


def export(visit: Visit) -> Response:
    """Everything of this user as one file of JSON lines."""
    name = f"vivavoce-{visit.ws.clock():%Y-%m-%d}.jsonl"
    return Response(
        "".join(f"{line}\n" for line in export_lines(visit.ws)),
        media_type="application/x-ndjson",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def problems(visit: Visit) -> Response:
    shelf, folders = visit.ws.library.current(), visit.ws.library.folders
    return visit.page(
        "problems.html",
        diagnostics=[
            (d.place(next((f for f in folders if d.path.is_relative_to(f)), None)), d) for d in shelf.diagnostics
        ],
        broken=[p for p in visit.ws.library.packs if p.problem],
    )


ROUTES = (
    Route("/help", endpoint(show_help)),
    Route("/export", endpoint(export)),
    Route("/problems", endpoint(problems)),
)
