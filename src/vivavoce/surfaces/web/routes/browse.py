"""The bank: filters, search, concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from starlette.responses import Response
from starlette.routing import Route

from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Status
from vivavoce.services.browse import Filters, Row, Standing, choices, concept_page, rows, search
from vivavoce.services.exercises import exercise_rows
from vivavoce.services.markup import claim_numbers
from vivavoce.surfaces.web.visit import Visit, endpoint

MAX_QUERY_CHARS = 300


def browse(visit: Visit) -> Response:
    """Nothing chosen: the concepts. Filters: questions by concept. Words: the best first, within the filters."""
    names = ("concept", "area", "level", "kind", "standing", "role")
    filters = Filters(**{name: visit.query(name) for name in names})
    words = visit.query("q")[:MAX_QUERY_CHARS]
    listed = rows(visit.ws, filters)
    hits = search(visit.ws, words) if words else []
    by_id = {str(r.question.id): r for r in listed}
    bank = visit.ws.library.bank
    groups = [(c, members, counts(members)) for c, members in grouped(listed)]
    everything = visit.query("all") == "1"
    return visit.page(
        "browse.html",
        overview=not words and filters == Filters() and not everything,
        filters=filters,
        words=words,
        choices=choices(visit.ws),
        titles={c.id: c.title for c in bank.concepts.values()},
        groups=groups,
        areas={area: [g for g in groups if g[0].area == area] for area in dict.fromkeys(g[0].area for g in groups)},
        found=[(hit, by_id[hit.id]) for hit in hits if hit.kind == "question" and hit.id in by_id],
        concepts=[hit for hit in hits if hit.kind == "concept" and filters == Filters()],
        code=[hit for hit in hits if hit.kind in ("exercise", "case") and filters == Filters()],
        count=len(listed),
        now=visit.ws.clock(),
    )


def grouped(listed: Iterable[Row]) -> list[tuple[Concept, list[Row]]]:
    """Rows by concept, in their order."""
    return [(members[0].concept, members) for members in (list(g) for _, g in groupby(listed, lambda r: r.concept.id))]


def counts(members: Iterable[Row]) -> Counter[Standing]:
    return Counter(row.standing for row in members)


def concept(visit: Visit) -> Response:
    page = concept_page(visit.ws, visit.path("concept"))
    bank = visit.ws.library.bank
    return visit.page(
        "concept.html",
        page=page,
        code=[row for row in exercise_rows(visit.ws) if row.concept.id == page.concept.id],
        labs=[lab for lab in bank.labs.values() if lab.id.concept == page.concept.id and lab.status is Status.READY],
        disputes=[d for (place, _), d in bank.disputes.items() if place == page.concept.id],
        numbers=claim_numbers(page.concept.claims),
        now=visit.ws.clock(),
    )


ROUTES = (
    Route("/browse", endpoint(browse)),
    Route("/concepts/{concept}", endpoint(concept)),
)
