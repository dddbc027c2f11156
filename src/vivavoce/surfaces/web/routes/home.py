"""The first page: what to do now, what lies unfinished, where you stand."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.services.overview import overview
from vivavoce.surfaces.web.visit import Visit, endpoint


def home(visit: Visit) -> Response:
    return visit.page("home.html", overview=overview(visit.ws), now=visit.ws.clock())


ROUTES = (Route("/", endpoint(home)),)
