"""The map of concepts."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.services.map import concept_map
from vivavoce.surfaces.web.map_drawing import drawn_map
from vivavoce.surfaces.web.visit import Visit, endpoint


def show_map(visit: Visit) -> Response:
    concepts = concept_map(visit.ws)
    return visit.page("map.html", map=concepts, drawn=drawn_map(concepts))


ROUTES = (Route("/map", endpoint(show_map)),)
