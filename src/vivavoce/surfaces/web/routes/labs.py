"""All labs, and the page of one: its question, its claims to predict, what came of them, and the form that runs it."""

from __future__ import annotations

from itertools import groupby

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vivavoce.domain.errors import BadInputError
from vivavoce.domain.lab import Outcome
from vivavoce.domain.lab_run import Way
from vivavoce.services.labs import LabCard, LabPage, lab_cards, lab_page, read_seeds, read_settings
from vivavoce.services.predict import labs_known, predict, results_seen, see_results
from vivavoce.surfaces.web.lab_views import claim_views, looks, sliders
from vivavoce.surfaces.web.visit import Visit, endpoint, sentence

FILTERS = ("area", "concept", "outcome", "needs")
MAX_WORDS = 300
SETTING = "set-"
"""Before a parameter's name in a form."""


def index(visit: Visit) -> Response:
    """Every lab, or those that fit the filters and hold every word. Outcomes stay hidden until predicted."""
    chosen = {name: visit.query(name) for name in FILTERS}
    words = visit.query("q")[:MAX_WORDS]
    everything = lab_cards(visit.ws)
    listed = [card for card in everything if _fits(card, chosen) and _holds(card, words)]
    return visit.page(
        "labs.html",
        groups=[(cards[0].concept, cards) for cards in _grouped(listed)],
        count=len(listed),
        total=len(everything),
        chosen=chosen,
        words=words,
        areas=tuple(dict.fromkeys(c.concept.area for c in everything)),
        concepts={c.concept.id: c.concept.title for c in everything},
        outcomes=tuple(Outcome),
        known=labs_known(visit.ws),
    )


def show(visit: Visit) -> Response:
    """`?show=1` shows what came without a prediction, from then on; `?set-name=value` fills the form."""
    page = lab_page(visit.ws, visit.item)
    if str(page.lab.id) != visit.item:
        return RedirectResponse(f"/lab/{page.lab.id}", status_code=308)
    if visit.query("show") == "1":
        see_results(visit.ws, page.lab.id)
    return lab_response(visit, page)


def lab_response(visit: Visit, page: LabPage, *, refused: str = "", status: int = 200) -> Response:
    """The page of a lab, with what was wrong about a form that it got."""
    lab, recorded = page.lab, page.card.recorded
    asked = _settings_in(dict(visit.request.query_params) | visit.form)
    try:
        settings = read_settings(lab, asked)
    except BadInputError as error:
        settings, refused = lab.defaults(), refused or sentence(error)
    finished = next(
        (r for r in page.runs if r.over and r.result.ruled and r.run.origin.settings == lab.defaults()), None
    )
    result = finished.result if finished else recorded.result if recorded else None
    shown = results_seen(visit.ws, lab.id) is not None
    base = f"/lab-run/{finished.run.id}" if finished else f"/lab/{lab.id}"
    views = claim_views(lab, result, page.predictions, shown=shown, pictures=base)
    hidden = any(not view.shown for view in views)
    return visit.page(
        "lab.html",
        status=status,
        page=page,
        lab=lab,
        views=views,
        result=result,
        own=finished,
        pictures=looks(result.illustrations, base) if result and not hidden else (),
        hidden=hidden,
        sliders=sliders(lab, settings),
        seeds=visit.form.get("seeds", ""),
        refused=refused,
        now=visit.ws.clock(),
    )


def guess(visit: Visit) -> Response:
    """Keep a prediction; three clicks."""
    page = lab_page(visit.ws, visit.item)
    form = visit.form
    try:
        size = 0 if form.get("way") == Way.EQUAL else int(form.get("size", "-1"))
        sure = float(form.get("sure", "nan"))
        if size < 0:
            raise BadInputError("choose how large the difference is, too")
        predict(visit.ws, visit.item, form.get("claim", ""), form.get("way", ""), size, sure)
    except ValueError:
        return lab_response(visit, page, refused="A size and a sureness are numbers; use the buttons.", status=400)
    except BadInputError as error:
        return lab_response(visit, page, refused=sentence(error), status=400)
    return visit.go(f"/lab/{page.lab.id}#claim-{form.get('claim', '')}")


def run(visit: Visit) -> Response:
    """Begin a run and show it."""
    page = lab_page(visit.ws, visit.item)
    try:
        settings = read_settings(page.lab, _settings_in(visit.form))
        started = visit.ws.labs.start(page.lab.id, settings, read_seeds(visit.form.get("seeds", "")))
    except BadInputError as error:
        return lab_response(visit, page, refused=sentence(error), status=400)
    return visit.go(f"/lab-run/{started}")


def _settings_in(form: dict[str, str]) -> dict[str, str]:
    return {name.removeprefix(SETTING): value for name, value in form.items() if name.startswith(SETTING) and value}


def _grouped(cards: list[LabCard]) -> list[list[LabCard]]:
    return [list(group) for _, group in groupby(cards, lambda c: c.concept.id)]


def _fits(card: LabCard, chosen: dict[str, str]) -> bool:
    return (
        chosen["area"] in ("", card.concept.area)
        and chosen["concept"] in ("", card.concept.id)
        and (not chosen["outcome"] or chosen["outcome"] in {o.value for o in card.standing.values()})
        and (not chosen["needs"] or (chosen["needs"] == "here") == (not card.missing))
    )


def _holds(card: LabCard, words: str) -> bool:
    lab = card.lab
    text = " ".join([lab.question, card.concept.title, lab.id.name, *(c.says for c in lab.claims.values())]).lower()
    return all(word in text for word in words.lower().split())


ROUTES = (
    Route("/labs", endpoint(index)),
    Route("/lab/{concept}/{name}/predict", endpoint(guess), methods=["POST"]),
    Route("/lab/{concept}/{name}/run", endpoint(run), methods=["POST"]),
    Route("/lab/{concept}/{name}", endpoint(show)),
)
