"""Exercises and cases: the list, and the page with statement, editor and results."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from itertools import groupby

from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from vivavoce.domain.errors import BadInputError, StorageError
from vivavoce.domain.exercise import Framework
from vivavoce.domain.submission import CodeSubmission
from vivavoce.services.case_score import case_score
from vivavoce.services.disclose import give_up, probe_exhibits, probes_bought, show_hint
from vivavoce.services.drafts import find_drafts
from vivavoce.services.exercises import ExerciseRow, ExerciseView, exercise_rows, exercise_view
from vivavoce.services.history import history, practised
from vivavoce.services.judging import planned_tests
from vivavoce.surfaces.web.judged import Shown, forbidden, shown
from vivavoce.surfaces.web.trail import Trail
from vivavoce.surfaces.web.visit import Visit, endpoint, log

FILTERS = ("concept", "area", "level", "state", "framework", "kind")


def index(visit: Visit) -> Response:
    """Everything, or what fits the filters and holds every word."""
    chosen = {name: visit.query(name) for name in FILTERS}
    words = visit.query("q")[:300]
    everything = exercise_rows(visit.ws)
    listed = [row for row in everything if _fits(row, chosen) and _holds(row, words)]
    return visit.page(
        "code_list.html",
        groups=[(members[0].concept, members) for members in _grouped(listed)],
        count=len(listed),
        solved=sum(row.state == "passed" for row in everything),
        total=len(everything),
        chosen=chosen,
        words=words,
        choices=_choices(everything),
        titles={row.concept.id: row.concept.title for row in everything},
    )


def show(visit: Visit) -> Response:
    """`?framework=`; `?submission=` shows that one's results, `?from=` its code, `?fresh=1` the starter."""
    ws = visit.ws
    exercise = ws.library.bank.exercise(visit.item)
    if str(exercise.id) != visit.item:
        query = f"?{visit.request.url.query}" if visit.request.url.query else ""
        return RedirectResponse(f"/code/{exercise.id}{query}", status_code=308)
    view = exercise_view(ws, visit.item, visit.query("framework") or None)
    told = _submission(view, visit.query("submission"))
    taken = _submission(view, visit.query("from"))
    if taken is not None and taken.framework is not view.framework:
        view = exercise_view(ws, visit.item, taken.framework)
    report = shown(told.report, view.exercise, examples=False) if told else None
    if taken is not None:
        return workbench(visit, view, code=taken.code, given="asked", told=report)
    if visit.query("fresh") == "1":
        return workbench(visit, view, code=view.starter, given="asked", told=report)
    return workbench(visit, view, told=report)


def workbench(
    visit: Visit,
    view: ExerciseView,
    *,
    code: str | None = None,
    given: str = "draft",
    told: Shown | None = None,
    refused: str = "",
    status: int = 200,
) -> Response:
    """The page; `code` in the editor (the newest draft, or the starter), `told` among the results."""
    ws, case = visit.ws, view.case
    _warm(visit, view)
    if code is None:
        code = view.draft.code if view.draft else view.starter
    bought = probes_bought(ws, str(case.id)) if case else ()
    extra = {}
    if case is not None:
        try:
            exhibits = {probe: probe_exhibits(ws, str(case.id), probe) for probe in bought}
        except BadInputError as error:
            exhibits, refused = {}, refused or str(error)
        drafts = find_drafts(ws, str(case.id), visit.query("writer"))
        extra = {
            "score": case_score(ws, str(case.id)),
            "exhibits": exhibits,
            "diagnoses": practised(history(ws, str(case.id))),
            "attempt_id": ws.new_id(),
            "answer": drafts.mine.text if drafts.mine else "",
            "answer_writer": drafts.mine.writer if drafts.mine else f"page-{ws.new_id()[:12]}",
            "others": drafts.others,
        }
    return visit.page(
        "code.html",
        status=status,
        view=view,
        exercise=view.exercise,
        concept=view.concept,
        case=case,
        code=code,
        given=given,
        told=told,
        refused=refused,
        bans=forbidden(view.exercise, view.framework),
        examples=len(_planned(visit, examples_only=True)),
        tests=len(_planned(visit, examples_only=False)),
        writer=view.draft.writer if view.draft else f"page-{ws.new_id()[:12]}",
        submission_id=ws.new_id(),
        opened=int(ws.clock().timestamp()),
        now=ws.clock(),
        bought=bought,
        trail=Trail(),
        **extra,
    )


def hint(visit: Visit) -> Response:
    """One more."""
    show_hint(visit.ws, visit.item)
    return _back(visit, "hints")


def solution(visit: Visit) -> Response:
    """Give up: the reference and its explanation from now on."""
    give_up(visit.ws, visit.item)
    return _back(visit, "solution")


def _back(visit: Visit, anchor: str) -> Response:
    framework = visit.form.get("framework", "")
    query = f"?framework={framework}" if framework in tuple(Framework) else ""
    return visit.go(f"/code/{visit.item}{query}#{anchor}")


def _submission(view: ExerciseView, wanted: str) -> CodeSubmission | None:
    return next((s for s in view.history if s.id == wanted), None)


def _planned(visit: Visit, *, examples_only: bool) -> tuple[tuple[str, str], ...]:
    """The tests to come. A broken test file is the author's to mend: the page says so when the code is run."""
    try:
        return planned_tests(visit.ws, visit.item, examples_only=examples_only)
    except StorageError:
        raise
    except Exception as error:
        log.warning("the tests of %s cannot be read", visit.item, exc_info=error)
        return ()


def _warm(visit: Visit, view: ExerciseView) -> None:
    """Start what makes a first run slow while the statement is being read."""
    available = {choice.framework: choice.available for choice in view.frameworks}
    if view.framework in visit.shared.warmed or not available.get(view.framework):
        return
    visit.shared.warmed.add(view.framework)

    def warm() -> None:
        try:
            visit.ws.judging.warm(view.framework)
        except Exception as error:
            log.warning("preparing the judge failed", exc_info=error)

    threading.Thread(target=warm, name="warm-judge", daemon=True).start()


def _grouped(listed: Iterable[ExerciseRow]) -> list[list[ExerciseRow]]:
    return [list(members) for _, members in groupby(listed, lambda row: row.concept.id)]


def _fits(row: ExerciseRow, chosen: dict[str, str]) -> bool:
    return (
        chosen["concept"] in ("", row.concept.id)
        and chosen["area"] in ("", row.concept.area)
        and chosen["level"] in ("", row.exercise.level.value)
        and chosen["state"] in ("", row.state)
        and chosen["kind"] in ("", "case" if row.is_case else "exercise")
        and (not chosen["framework"] or chosen["framework"] in row.frameworks)
    )


def _holds(row: ExerciseRow, words: str) -> bool:
    text = f"{row.exercise.title} {row.exercise.id} {row.concept.title} {row.concept.area}".lower()
    return all(word in text for word in words.lower().split())


def _choices(rows: Iterable[ExerciseRow]) -> dict[str, list[str]]:
    found = list(rows)
    levels = {row.exercise.level for row in found}
    return {
        "concept": list(dict.fromkeys(row.concept.id for row in found)),
        "area": list(dict.fromkeys(row.concept.area for row in found)),
        "level": [level.value for level in sorted(levels, key=list(type(next(iter(levels)))).index)] if levels else [],
        "state": ["new", "tried", "passed"],
        "framework": [f.value for f in Framework if any(f in row.frameworks for row in found)],
        "kind": ["exercise", "case"],
    }


ROUTES = (
    Route("/code", endpoint(index)),
    Route("/code/{concept}/{name}", endpoint(show, slow=True)),
    Route("/code/{concept}/{name}/hint", endpoint(hint), methods=["POST"]),
    Route("/code/{concept}/{name}/solution", endpoint(solution), methods=["POST"]),
)
