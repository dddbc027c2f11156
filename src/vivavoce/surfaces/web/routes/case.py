"""What only a case has: its symptom, and probes that cost points."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.exhibit import Exhibit
from vivavoce.services.disclose import buy_probe
from vivavoce.services.disclose import symptom as run_symptom
from vivavoce.surfaces.web.visit import Visit, endpoint, sentence


def symptom(visit: Visit) -> Response:
    """Runs the broken script once, which takes seconds; the case's page asks for it after it is drawn."""
    case = visit.ws.library.bank.case(visit.item)
    exhibits: tuple[Exhibit, ...] = ()
    problem = ""
    try:
        exhibits = run_symptom(visit.ws, visit.item)
    except BadInputError as error:
        problem = sentence(error)
    return visit.page("symptom.html", case=case, exhibits=exhibits, problem=problem)


def probe(visit: Visit) -> Response:
    """Buy one."""
    wanted = visit.form.get("probe", "")
    buy_probe(visit.ws, visit.item, wanted)
    return visit.go(f"/code/{visit.item}#probe-{wanted}")


def bought(visit: Visit) -> Response:
    """The address of the form, opened as a page."""
    return RedirectResponse(f"/code/{visit.item}#probes", status_code=303)


ROUTES = (
    Route("/code/{concept}/{name}/symptom", endpoint(symptom, slow=True)),
    Route("/code/{concept}/{name}/probe", endpoint(probe, slow=True), methods=["POST"]),
    Route("/code/{concept}/{name}/probe", endpoint(bought)),
)
