"""The ledger: what the bank claims, what is popular but false, with evidence and the date of the last proof."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.services.claims import ledger
from vivavoce.surfaces.web.visit import Visit, endpoint

MAX_WORDS = 300
SHOWN = {"": "All", "disputed": "Disputed", "false": "Popular but false", "depends": "It depends"}


def show(visit: Visit) -> Response:
    """`?show=disputed|false|depends`, `?concept=`, `?q=` words that must all occur."""
    chosen, concept, words = visit.query("show"), visit.query("concept"), visit.query("q")[:MAX_WORDS]
    bank = visit.ws.library.bank
    entries = ledger(
        visit.ws,
        popular_but_false=chosen == "false",
        depends=chosen == "depends",
        concept=concept,
        text=words,
    )
    if chosen == "disputed":
        entries = tuple(e for e in entries if e.dispute is not None)
    return visit.page(
        "claims.html",
        disputed=[e for e in entries if e.dispute is not None],
        plain=[e for e in entries if e.dispute is None],
        count=len(entries),
        chosen=chosen,
        concept=concept,
        words=words,
        shown=SHOWN,
        concepts={c.id: c.title for c in bank.concepts.values() if c.claims or c.id in {k for k, _ in bank.disputes}},
    )


ROUTES = (Route("/claims", endpoint(show)),)
