"""The first page: what to do now, what lies unfinished, where you stand."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.domain.question import Status
from vivavoce.services.map import concept_map
from vivavoce.services.overview import overview
from vivavoce.surfaces.web.visit import Visit, endpoint


def home(visit: Visit) -> Response:
    now = visit.ws.clock()
    labs = [lab for lab in visit.ws.library.bank.labs.values() if lab.status is Status.READY]
    today = labs[now.toordinal() % len(labs)] if labs else None
    return visit.page("home.html", overview=overview(visit.ws), next=concept_map(visit.ws).next, lab=today, now=now)


ROUTES = (Route("/", endpoint(home)),)
