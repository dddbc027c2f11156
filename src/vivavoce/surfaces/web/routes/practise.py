"""The way to the next question."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vivavoce.services.overview import overview
from vivavoce.services.practise import plan
from vivavoce.surfaces.web.templating import question_url
from vivavoce.surfaces.web.trail import trail_of
from vivavoce.surfaces.web.visit import Visit, endpoint


def practise(visit: Visit) -> Response:
    """On to the question that follows `after` in the plan, round and round; or the news that nothing is left."""
    trail = trail_of(visit)
    planned = plan(visit.ws, trail.filters, more_new=trail.more)
    ids = [str(p.question.id) for p in planned]
    after = visit.query("after")
    if after in ids and len(ids) > 1:
        planned = planned[ids.index(after) + 1 :] + planned[: ids.index(after)]
    elif after in ids:
        planned = ()
    if planned:
        return RedirectResponse(question_url(planned[0].question) + trail.query, status_code=303)
    return visit.page(
        "rested.html", overview=overview(visit.ws), now=visit.ws.clock(), trail=trail, skipped=after in ids
    )


ROUTES = (Route("/practise", endpoint(practise)),)
