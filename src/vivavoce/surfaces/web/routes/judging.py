"""Run and submit: a whole page for a plain form, or line by line as the tests are done."""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from vivavoce.domain.errors import VivavoceError
from vivavoce.domain.exercise import Exercise, JudgeReport, Outcome, TestResult
from vivavoce.services.code_drafts import storable
from vivavoce.services.exercises import chosen_framework, exercise_view
from vivavoce.services.judging import CodeAnswer, planned_tests, run_examples, submit_code
from vivavoce.surfaces.web.judged import shown
from vivavoce.surfaces.web.routes.code import workbench
from vivavoce.surfaces.web.visit import Visit, endpoint, log, parse_form, sentence

LINES = "application/x-ndjson"
Event = dict[str, Any]
Tell = Callable[[TestResult], None]


def _silent(result: TestResult) -> None:
    """A plain form is told everything at the end."""


def run(visit: Visit) -> Response:
    """The examples. Kept nowhere, so the page itself is the reply."""
    report, _ = _judge(visit, examples=True, tell=_silent)
    view = exercise_view(visit.ws, visit.item, visit.form.get("framework") or None)
    told = shown(report, view.exercise, examples=True)
    return workbench(visit, view, code=_code(visit), given="draft", told=told)


def submit(visit: Visit) -> Response:
    """Every test; the page that follows can be reloaded."""
    report, submission = _judge(visit, examples=False, tell=_silent)
    return visit.go(f"/code/{visit.item}?framework={report.framework}&submission={submission}#results")


def streamed(page: Callable[[Visit], Response], *, examples: bool) -> Callable[[Request], Awaitable[Response]]:
    """`page` for a browser that asks for a page; for a script that asks for lines, the results as they come."""
    whole = endpoint(page, slow=True)

    async def answer(request: Request) -> Response:
        if LINES not in request.headers.get("accept", ""):
            return await whole(request)
        visit = Visit(request, request.app.state.shared)
        try:
            visit.form = parse_form(await request.body())
            exercise = visit.ws.library.bank.exercise(visit.item)
            chosen_framework(exercise, visit.form.get("framework"))
        except VivavoceError as error:
            return visit.failed(error)
        return StreamingResponse(_lines(visit, exercise, examples=examples), media_type=LINES)

    answer.__name__ = page.__name__
    return answer


def _lines(visit: Visit, exercise: Exercise, *, examples: bool) -> Iterator[str]:
    """Events as lines. The judging thread goes on when nobody reads any more: what was submitted is kept."""
    events: queue.SimpleQueue[Event | None] = queue.SimpleQueue()

    def tell(result: TestResult) -> None:
        first = result.failure is not None and not failed
        failed.extend([result.name] if first else [])
        events.put(_test(visit, result, opened=first))

    failed: list[str] = []

    def work() -> None:
        try:
            planned = planned_tests(visit.ws, visit.item, examples_only=examples)
            plan = visit.part("_judged.html", "plan", planned, examples)
            events.put({"kind": "plan", "of": len(planned), "html": plan})
            report, submission = _judge(visit, examples=examples, tell=tell)
            told = shown(report, exercise, examples=examples)
            events.put(
                {
                    "kind": "report",
                    "html": visit.part("_judged.html", "head", told, str(exercise.id), submission),
                    "said": told.said,
                    "passed": report.passed,
                    "submitted": bool(submission),
                    "tests": len(report.tests),
                    "line": told.line,
                }
            )
        except VivavoceError as error:
            events.put({"kind": "problem", "message": sentence(error)})
        except Exception as error:
            log.error("judging %s failed", visit.item, exc_info=error)
            message = (
                f"Vivavoce failed ({type(error).__name__}; the terminal shows more). Your code is kept; try again."
            )
            events.put({"kind": "problem", "message": message})
        finally:
            events.put(None)

    threading.Thread(target=work, name="judging", daemon=True).start()
    while (event := events.get()) is not None:
        yield json.dumps(event) + "\n"


def _test(visit: Visit, result: TestResult, *, opened: bool) -> Event:
    return {
        "kind": "test",
        "id": f"test-{result.name}",
        "passed": result.outcome is Outcome.PASSED,
        "html": visit.part("_judged.html", "test", result, opened),
    }


def _judge(visit: Visit, *, examples: bool, tell: Tell) -> tuple[JudgeReport, str]:
    """The report, and the id of the submission that holds it (of a run: nothing)."""
    form, ws = visit.form, visit.ws
    framework, code = form.get("framework", ""), _code(visit)
    if examples:
        return run_examples(ws, visit.item, framework, code, tell), ""
    submission_id = form.get("submission_id", "") or ws.new_id()
    writer = form.get("writer", "") or f"page-{submission_id[:12]}"
    answer = CodeAnswer(visit.item, framework, code, submission_id, writer, _seconds(visit))
    submission = submit_code(ws, answer, tell)
    if submission.code != storable(code):
        # The browser's Back button gave the old page with its old id: this is another submission.
        answer = CodeAnswer(visit.item, framework, code, ws.new_id(), writer, _seconds(visit))
        submission = submit_code(ws, answer, tell)
    return submission.report, submission.id


def _code(visit: Visit) -> str:
    return visit.form.get("code", "").replace("\r\n", "\n").replace("\r", "\n")


def _seconds(visit: Visit) -> float:
    """As the page's timer counted, or from the opening of the page to now."""
    try:
        if "seconds" in visit.form:
            return max(0.0, float(visit.form["seconds"]))
        return max(0.0, visit.ws.clock().timestamp() - float(visit.form.get("opened", "nan") or "nan"))
    except ValueError:
        return 0.0


ROUTES = (
    Route("/code/{concept}/{name}/run", streamed(run, examples=True), methods=["POST"]),
    Route("/code/{concept}/{name}/submit", streamed(submit, examples=False), methods=["POST"]),
)
