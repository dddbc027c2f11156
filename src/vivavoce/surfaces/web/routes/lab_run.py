"""One run of a lab: seed by seed while it lasts, then its verdict; and results as files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from vivavoce.domain.errors import UnknownItemError
from vivavoce.domain.exhibit import Log
from vivavoce.domain.lab import Illustration, Lab, LabResult, Origin
from vivavoce.domain.lab_run import Prediction
from vivavoce.services.experiment import RunView
from vivavoce.services.lab_export import as_csv, as_json
from vivavoce.services.lab_words import STATE_WORDS
from vivavoce.services.labs import lab_page
from vivavoce.surfaces.plots.lab_figure import figure_png, figure_svg, illustration_svg
from vivavoce.surfaces.web.lab_views import claim_views, figure_pair, looks, settings_words, sliders
from vivavoce.surfaces.web.visit import Visit, endpoint

POLL_S = 2
KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv; charset=utf-8", "json": "application/json"}


def show(visit: Visit) -> Response:
    """Progress, with a plot of the first claim; once over, everything."""
    view = visit.ws.labs.watch(visit.path("run"))
    lab = visit.ws.library.bank.lab(view.run.item)
    page = lab_page(visit.ws, lab.id)
    base = f"/lab-run/{view.run.id}"
    predictions: Mapping[str, Prediction] = page.predictions
    return visit.page(
        "lab_run.html",
        view=view,
        run=view.run,
        lab=lab,
        page=page,
        concept=page.card.concept,
        views=claim_views(
            lab,
            view.result,
            predictions,
            shown=True,
            pictures=base if view.over else "",
            live=() if view.over else visit.shared.live.newest(view.run.id, lab, view.result),
        ),
        pictures=looks(view.result.illustrations, base) if view.over else (),
        state=STATE_WORDS[view.state],
        settings=settings_words(lab, view.run.origin.settings),
        sliders=sliders(lab, view.run.origin.settings),
        changed=view.run.origin.hash != lab.hash,
        others=[r for r in page.runs if r.run.id != view.run.id],
        poll=POLL_S,
        refused="",
        seeds="",
        now=visit.ws.clock(),
    )


def cancel(visit: Visit) -> Response:
    """End it with what it has."""
    visit.ws.labs.cancel(visit.path("run"))
    return visit.go(f"/lab-run/{visit.path('run')}")


def cancelled(visit: Visit) -> Response:
    """The address of the form, opened as a page."""
    return RedirectResponse(f"/lab-run/{visit.path('run')}", status_code=303)


def export(visit: Visit) -> Response:
    """A run as a file: `/lab-run/{id}.svg`, `.png`, `.csv`, `.json`; `?theme=dark` for the pictures."""
    view: RunView = visit.ws.labs.watch(visit.path("run"))
    lab = visit.ws.library.bank.lab(view.run.item)
    return _file(visit, lab, view.run.origin, view.result)


def picture(kind: str, visit: Visit) -> Response:
    """What a page puts into itself: a claim's picture (`/picture/{claim}`) or an illustration (`/look/{number}`)."""
    lab, result = _shown(visit)
    name = visit.path("name_of")
    if kind == "look":
        shown = _illustration(result, name)
        pair = tuple(illustration_svg(shown, "page", narrow) for narrow in (False, True))
    elif name not in lab.claims:
        raise UnknownItemError(f"claim of {lab.id}", name)
    else:
        pair = tuple(figure_pair(lab, result, name))
    return HTMLResponse("\n".join(pair))


def picture_file(kind: str, visit: Visit) -> Response:
    """The same for a page without scripts: `?theme=dark`, `?narrow=1`."""
    lab, result = _shown(visit)
    name, narrow = visit.path("name_of"), visit.query("narrow") == "1"
    theme = "dark" if visit.query("theme") == "dark" else "light"
    if kind == "look":
        made = illustration_svg(_illustration(result, name), theme, narrow)
    elif name not in lab.claims:
        raise UnknownItemError(f"claim of {lab.id}", name)
    else:
        made = figure_svg(lab, result, name, theme, narrow)
    return Response(made, media_type=KINDS["svg"])


def _shown(visit: Visit) -> tuple[Lab, LabResult]:
    """The lab and the result that an address of a picture speaks of: a run's, or the recorded one."""
    if "run" in visit.request.path_params:
        view = visit.ws.labs.watch(visit.path("run"))
        return visit.ws.library.bank.lab(view.run.item), view.result
    bank = visit.ws.library.bank
    lab = bank.lab(visit.item)
    if lab.id not in bank.recorded:
        raise UnknownItemError("recorded result", visit.item)
    return lab, bank.recorded[lab.id].result


def _illustration(result: LabResult, number: str) -> Illustration:
    shown = {str(n): one for n, one in enumerate(result.illustrations) if not isinstance(one, Log)}
    if number not in shown:
        raise UnknownItemError("picture", number)
    return shown[number]


def export_recorded(visit: Visit) -> Response:
    """The recorded result of a lab as a file: `/lab/{concept}/{name}/recorded.svg` and so on."""
    page = lab_page(visit.ws, visit.item)
    if page.card.recorded is None:
        raise UnknownItemError("recorded result", visit.item)
    return _file(visit, page.lab, page.card.recorded.origin, page.card.recorded.result)


def _file(visit: Visit, lab: Lab, origin: Origin, result: LabResult) -> Response:
    kind = visit.path("kind")
    theme = "dark" if visit.query("theme") == "dark" else "light"
    if kind not in KINDS:
        raise UnknownItemError("kind of file", kind, tuple(KINDS))
    made: str | bytes
    if kind == "svg":
        made = figure_svg(lab, result, theme=theme)
    elif kind == "png":
        made = figure_png(lab, result, theme=theme)
    else:
        made = as_csv(lab, result) if kind == "csv" else as_json(lab, origin, result)
    name = f"{lab.id.concept}-{lab.id.name}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=KINDS[kind], headers=headers)


ROUTES = (
    *(
        Route(f"{base}/{kind}/{{name_of}}{ending}", endpoint(partial(page, kind), draws=True))
        for base in ("/lab-run/{run}", "/lab/{concept}/{name}")
        for kind in ("picture", "look")
        for ending, page in ((".svg", picture_file), ("", picture))
    ),
    Route("/lab-run/{run}.{kind}", endpoint(export, draws=True)),
    Route("/lab-run/{run}/cancel", endpoint(cancel), methods=["POST"]),
    Route("/lab-run/{run}/cancel", endpoint(cancelled)),
    Route("/lab-run/{run}", endpoint(show)),
    Route("/lab/{concept}/{name}/recorded.{kind}", endpoint(export_recorded, draws=True)),
)
