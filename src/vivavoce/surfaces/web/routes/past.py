"""Looking back: history and progress."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.services.history import history
from vivavoce.services.predict import calibration
from vivavoce.services.progress import CALIBRATION_NEEDS, progress
from vivavoce.surfaces.web.visit import Visit, endpoint

SHOWN = 100
FEW_PREDICTIONS = 20
"""Under this number a mean says little; the page says so."""


def show_history(visit: Visit) -> Response:
    """Everything, or one question's answers (`?item=`)."""
    item = visit.query("item")
    everything = visit.query("all") == "1"
    past = history(visit.ws, item or None, limit=None if everything or item else SHOWN + 1)
    cut = not everything and not item and len(past) > SHOWN
    question = visit.ws.question(item) if item else None
    concept = visit.ws.library.bank.concepts.get(question.id.concept) if question else None
    return visit.page(
        "history.html",
        past=past[:SHOWN] if cut else past,
        cut=cut,
        question=question,
        figure=concept.figures.get(question.figure) if question and concept else None,
        cases=visit.ws.library.bank.cases,
        now=visit.ws.clock(),
    )


def show_progress(visit: Visit) -> Response:
    return visit.page(
        "progress.html",
        progress=progress(visit.ws),
        needed=CALIBRATION_NEEDS,
        predicted=calibration(visit.ws),
        few=FEW_PREDICTIONS,
    )


ROUTES = (
    Route("/history", endpoint(show_history)),
    Route("/progress", endpoint(show_progress)),
)
