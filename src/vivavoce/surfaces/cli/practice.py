"""The interactive session in the terminal. What is typed is kept after every line."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace

from rich.markdown import Markdown
from rich.panel import Panel
from rich.rule import Rule

from vivavoce.domain.attempt import AttemptRecord, VerdictKind
from vivavoce.domain.drawn import as_asked
from vivavoce.domain.errors import AnswerRejectedError, BadInputError, StorageError
from vivavoce.domain.estimate import Numbers, numbers_text
from vivavoce.domain.question import FollowUp, Question
from vivavoce.domain.review import Rating
from vivavoce.services.answer import Answer, resume, submit
from vivavoce.services.appeal import appeal, withdraw
from vivavoce.services.drafts import discard, find_drafts, save_draft
from vivavoce.services.drawn import draft_name, next_numbers
from vivavoce.services.practise import Planned
from vivavoce.services.rate import override
from vivavoce.services.result import Result, result
from vivavoce.services.unfinished import being_graded, follow_up_draft, save_follow_up_draft
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli.console import ask_line, out
from vivavoce.surfaces.cli.render import counted, question_header, rating_view, result_view, score_line
from vivavoce.surfaces.cli.typed import DONT_KNOW, QuitError, SkipError, Typed, escaped

_STOPPED = "\nStopped. What you typed is kept."


def practice_session(ws: Workspace, planned: Sequence[Planned], minutes: float) -> None:
    """Ask until the plan, the time or the person ends it."""
    if not planned:
        out.print("Nothing fits. Try without filters, or come back when something is due.")
        return
    _prepare(ws)
    started, done, earned, total = time.monotonic(), 0, 0.0, 0
    due = sum(not p.new for p in planned)
    out.print(
        f"[bold]{due} due, {len(planned) - due} new.[/] About {minutes:g} minutes. Ctrl-C stops and loses nothing.\n"
    )
    for n, item in enumerate(planned, start=1):
        used = (time.monotonic() - started) / 60
        if used >= minutes:
            out.print("Time is up.")
            break
        out.print(Rule(f"question {n} · {item.reason} · {used:.0f} of {minutes:g} min", style="bright_black"))
        try:
            shown = _ask(ws, item.question)
        except SkipError:
            continue
        except (QuitError, KeyboardInterrupt):
            out.print(_STOPPED)
            break
        done, earned, total = done + 1, earned + shown.score.earned, total + shown.score.total
        try:
            _afterwards(ws, shown, more=n < len(planned))
        except (QuitError, KeyboardInterrupt, EOFError):
            out.print()
            break
    _summary(done, earned, total, (time.monotonic() - started) / 60)


def ask_one(ws: Workspace, question: Question, numbers: Numbers | None = None) -> None:
    """Ask one question and stay with it until the person leaves, first with `numbers` where it draws some.

    Raises `KeyboardInterrupt`.
    """
    _prepare(ws)
    try:
        _afterwards(ws, _ask(ws, question, numbers), more=False)
    except (SkipError, QuitError, EOFError):
        out.print(_STOPPED)
    except KeyboardInterrupt:
        out.print(_STOPPED)
        raise


def _prepare(ws: Workspace) -> None:
    """Finish what an earlier run left ungraded; load the grader while the first question is read."""
    if any(d.submission for d in ws.store.drafts()):
        with out.status("Grading what an earlier run left…"):
            finished = resume(ws)
        for record in finished:
            points = record.score
            out.print(
                f"Your interrupted answer to {record.attempt.item} is graded: "
                f"{points.earned:g} of {points.total} points."
            )
    threading.Thread(target=_warm_up, args=(ws,), name="warm-up", daemon=True).start()


def _warm_up(ws: Workspace) -> None:
    with contextlib.suppress(Exception):  # grading says what is wrong
        ws.grader.warm_up()


def _writer() -> str:
    """This terminal's name among those who write drafts: two terminals do not write over each other."""
    try:
        name = os.ttyname(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):
        return "terminal"
    return "terminal" + "".join(c if c.isalnum() else "-" for c in name.removeprefix("/dev"))[:60]


def _summary(done: int, earned: float, total: int, minutes: float) -> None:
    if done:
        spent = counted(max(1, round(minutes)), "minute")
        summary = f"{counted(done, 'question')}, {earned:g} of {counted(total, 'point')}, {spent}."
        out.print(Panel(f"{summary} `viva stats` shows where you stand."))


def _ask(ws: Workspace, question: Question, numbers: Numbers | None = None) -> Result:
    numbers = numbers or next_numbers(ws, question)
    question_header(out, as_asked(question, numbers), ws.library.bank.concept(question.id.concept))
    item, started = str(question.id), time.monotonic()
    writer, text = _start(ws, item, numbers)
    typed = Typed(text, lambda now: save_draft(ws, item, writer, now, numbers), ws.settings.editor)
    record = _submitted(ws, typed, Answer(item, "", ws.new_id(), writer, numbers=numbers), started)
    shown = result(ws, record.attempt.id)
    result_view(out, shown)
    return shown


def _submitted(ws: Workspace, typed: Typed, blank: Answer, started: float, style: str = "cyan") -> AttemptRecord:
    """Until there is an answer that could be recorded."""
    while True:
        text = typed.until_submitted(style)
        # What was typed before giving up stays a draft.
        writer = f"{blank.writer}-gave-up" if text == DONT_KNOW else blank.writer
        given = replace(blank, text=text, writer=writer, seconds=time.monotonic() - started)
        try:
            with out.status("Grading…"):
                return submit(ws, given)
        except AnswerRejectedError as error:
            out.print(f"[yellow]{escaped(error)}[/]")
        except StorageError as error:
            out.print(f"[red]Not submitted: {escaped(error)}.[/] Your text is still here; submit it again.")


def _start(ws: Workspace, item: str, numbers: Numbers | None) -> tuple[str, str]:
    """Under which name to keep what is typed, and the text to begin with: of a draft, if the person likes."""
    writer = _writer()
    drafts = find_drafts(ws, item, writer, numbers)
    for other in drafts.elsewhere[:1]:
        shown = numbers_text(other.numbers) if other.numbers else ""
        out.print(f"An unfinished answer to other numbers is kept: viva ask {item} --numbers {shown}", markup=False)
    draft = drafts.mine or (drafts.others[0] if drafts.others else None)
    if draft is not None:
        out.print(Panel(draft.text, title="your draft", border_style="yellow"))
        out.print("Go on with it? [bold]Enter[/] yes   [bold]n[/] no, begin anew   [bold]d[/] throw it away")
        choice = ask_line("» ", "cyan").strip().lower()
        if choice in ("", "y", "yes"):
            save_draft(ws, item, writer, draft.text, numbers)
            if draft.writer != draft_name(writer, numbers):
                discard(ws, item, draft.writer)
            return writer, draft.text
        if choice == "d":
            discard(ws, item, draft.writer)
    taken = {d.writer for d in being_graded(ws, item)}
    if find_drafts(ws, item, writer, numbers).mine is not None or draft_name(writer, numbers) in taken:
        writer = f"{writer}-{ws.new_id()[:8]}"
    return writer, ""


_RATINGS = {"1": Rating.AGAIN, "2": Rating.HARD, "3": Rating.GOOD, "4": Rating.EASY}


def _afterwards(ws: Workspace, shown: Result, *, more: bool) -> None:
    """Model answer, follow-up, appeals, rating, again: until the person goes on."""
    while True:
        out.print(_menu(shown, more))
        answer = ask_line("» ", "cyan").strip().lower()
        attempt_id = shown.record.attempt.id
        try:
            if answer == "" or (answer == "n" and more):
                return
            if answer == "q":
                raise QuitError
            if answer == "m":
                _model_answer(ws, shown)
            elif answer == "f" and shown.follow_up is not None:
                _follow_up(ws, shown, shown.follow_up)
            elif answer == "r":
                shown = _ask(ws, ws.question(shown.question.id))
            elif answer in _RATINGS:
                override(ws, attempt_id, _RATINGS[answer])
                shown = _again(ws, shown)
            elif answer[:1] in ("c", "u") and answer[1:].strip().isdigit():
                _claim(ws, shown, int(answer[1:]), undo=answer[0] == "u")
                shown = _again(ws, shown)
            else:
                out.print(f"{answer!r} is none of the choices.", style="yellow", markup=False)
        except SkipError:
            continue  # back to the result
        except (BadInputError, StorageError) as error:
            out.print(f"[yellow]{escaped(error)}[/]")


def _menu(shown: Result, more: bool) -> str:
    parts = ["[bold]Enter[/] next" if more else "[bold]Enter[/] done", "[bold]m[/] model answer"]
    if shown.follow_up is not None:
        parts.append("[bold]f[/] follow-up")
    if any(r.kind is not VerdictKind.MET for r in shown.criteria):
        parts.append("[bold]c N[/] I did say N ([bold]u N[/] undo)")
    again = "again with new numbers" if shown.beside else "answer again"
    parts += [
        "[bold]1-4[/] rate again/hard/good/easy",
        f"[bold]r[/] {again}",
        "[bold]q[/] quit",
    ]
    return "\n" + "   ".join(parts)


def _again(ws: Workspace, shown: Result) -> Result:
    """The result after a claim or a rating: only what changed is shown."""
    fresh = result(ws, shown.record.attempt.id)
    out.print(score_line(fresh))
    rating_view(out, fresh)
    return fresh


def _claim(ws: Workspace, shown: Result, number: int, *, undo: bool) -> None:
    if not 1 <= number <= len(shown.criteria):
        raise BadInputError(f"there is no criterion {number}; choose 1 to {len(shown.criteria)}")
    (withdraw if undo else appeal)(ws, shown.record.attempt.id, shown.criteria[number - 1].criterion.id)


def _model_answer(ws: Workspace, shown: Result) -> None:
    question = shown.question
    out.print(Panel(Markdown(question.spoken_answer), title="a strong answer", border_style="green", padding=(1, 2)))
    out.print(Markdown(f"**Why it is asked.** {question.why}"))
    sources = ws.library.bank.concept(question.id.concept).sources
    for key in question.sources:
        if key in sources:
            out.print(
                f"  {sources[key].title}, {sources[key].at}. {sources[key].url}", style="bright_black", markup=False
            )


def _follow_up(ws: Workspace, shown: Result, follow_up: FollowUp) -> None:
    out.print(Panel(Markdown(follow_up.ask), title="follow-up", border_style="magenta"))
    item, writer, started = str(shown.question.id), _writer(), time.monotonic()
    draft = follow_up_draft(ws, item, follow_up.id, writer)
    if draft is not None:
        out.print(Panel(draft.text, title="what you typed before", border_style="yellow"))
    typed = Typed(
        draft.text if draft else "",
        lambda now: save_follow_up_draft(ws, item, follow_up.id, writer, now),
        ws.settings.editor,
    )
    blank = Answer(item, "", ws.new_id(), writer, follow_up=follow_up.id, parent=shown.record.attempt.id)
    record = _submitted(ws, typed, blank, started, "magenta")
    result_view(out, result(ws, record.attempt.id))
    out.print(Panel(Markdown(follow_up.answer), title="what one wants to hear", border_style="green"))
