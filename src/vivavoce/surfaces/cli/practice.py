"""The interactive session in the terminal. What is typed is kept after every line."""

from __future__ import annotations

import contextlib
import os
import shlex
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from rich.markdown import Markdown
from rich.panel import Panel
from rich.rule import Rule

from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.errors import AnswerRejectedError, BadInputError
from vivavoce.domain.question import FollowUp, Question
from vivavoce.domain.review import Rating
from vivavoce.services.answer import Answer, submit
from vivavoce.services.appeal import appeal, withdraw
from vivavoce.services.drafts import find_drafts, save_draft
from vivavoce.services.practise import Planned
from vivavoce.services.rate import override
from vivavoce.services.result import Result, result
from vivavoce.services.workspace import Workspace
from vivavoce.surfaces.cli.console import out
from vivavoce.surfaces.cli.render import question_header, result_view

WRITER = "terminal"
_HOW = (
    "Type your answer; two empty lines, or a line with a single dot, submit it.\n"
    ":e editor   :k I don't know   :s skip   :q quit"
)


class _QuitError(Exception):
    """The person wants to stop."""


class _SkipError(Exception):
    """The person wants the next question."""


def practice_session(ws: Workspace, planned: Sequence[Planned], minutes: float) -> None:
    """Ask until the plan, the time or the person ends it."""
    if not planned:
        out.print("Nothing fits. Try without filters, or come back when something is due.")
        return
    started, done, earned, total = time.monotonic(), 0, 0.0, 0
    due = sum(not p.new for p in planned)
    out.print(
        f"[bold]{due} due, {len(planned) - due} new.[/] About {minutes:g} minutes. Ctrl-C stops and loses nothing.\n"
    )
    for n, item in enumerate(planned, start=1):
        used = (time.monotonic() - started) / 60
        if used >= minutes:
            break
        out.print(Rule(f"question {n} · {item.reason} · {used:.0f} of {minutes:g} min", style="bright_black"))
        try:
            shown = _ask(ws, item.question)
        except _SkipError:
            continue
        except (_QuitError, KeyboardInterrupt, EOFError):
            out.print("\nStopped. What you typed is kept as a draft.")
            break
        done, earned, total = done + 1, earned + shown.score.earned, total + shown.score.total
        try:
            _afterwards(ws, shown, more=True)
        except (_QuitError, KeyboardInterrupt, EOFError):
            break
    _summary(done, earned, total, (time.monotonic() - started) / 60)


def ask_one(ws: Workspace, question: Question) -> None:
    """Ask one question and stay with it until the person leaves."""
    with contextlib.suppress(_SkipError, _QuitError, EOFError):
        try:
            _afterwards(ws, _ask(ws, question), more=False)
        except KeyboardInterrupt:
            out.print("\nStopped. What you typed is kept as a draft.")
            raise


def _summary(done: int, earned: float, total: int, minutes: float) -> None:
    if done:
        plural = "s" if done != 1 else ""
        summary = f"{done} question{plural}, {earned:g} of {total} points, {minutes:.0f} minutes."
        out.print(Panel(f"{summary} `viva stats` shows where you stand."))


def _ask(ws: Workspace, question: Question) -> Result:
    question_header(out, question, ws.library.bank.concept(question.id.concept))
    attempt_id, started = ws.new_id(), time.monotonic()
    text = _offered_draft(ws, question)
    while True:
        text = _type(ws, question, text)
        try:
            with out.status("Grading…"):
                record = submit(
                    ws, Answer(str(question.id), text, attempt_id, WRITER, seconds=time.monotonic() - started)
                )
        except AnswerRejectedError as error:
            out.print(f"[yellow]{error}[/]")
            continue
        shown = result(ws, record.attempt.id)
        result_view(out, shown)
        return shown


def _offered_draft(ws: Workspace, question: Question) -> str:
    drafts = find_drafts(ws, str(question.id), WRITER)
    draft = drafts.mine or (drafts.others[0] if drafts.others else None)
    if draft is None:
        return ""
    out.print(Panel(draft.text, title="your draft", border_style="yellow"))
    return draft.text if out.input("Go on with it? (Y/n) ").strip().lower() in ("", "y", "yes") else ""


def _type(ws: Workspace, question: Question, text: str) -> str:
    """Lines until submitted; kept as a draft after each."""
    out.print(_HOW, style="bright_black", markup=False)
    lines = text.splitlines()
    while True:
        line = out.input("[cyan]›[/] ")
        command = line.strip()
        if command == ":q":
            raise _QuitError
        if command == ":s":
            raise _SkipError
        if command == ":k":
            return "I don't know."
        if command == ":e":
            lines = _edit(ws, "\n".join(lines)).splitlines()
            out.print(Panel("\n".join(lines) or "(empty)", title="your answer"))
        elif command == "." or (not command and lines and not lines[-1].strip()):
            return "\n".join(lines).strip()
        else:
            lines.append(line)
        save_draft(ws, str(question.id), WRITER, "\n".join(lines))


def _edit(ws: Workspace, text: str) -> str:
    """The text after the person's editor; unchanged when there is none or it fails."""
    editor = ws.settings.editor
    if not editor:
        out.print("[yellow]No editor is set; set EDITOR, for instance EDITOR=nano.[/]")
        return text
    handle, name = tempfile.mkstemp(suffix=".md", prefix="viva-")
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        subprocess.run([*shlex.split(editor), name], check=True)  # noqa: S603 - the person's own editor
        return path.read_text(encoding="utf-8", errors="replace")
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        out.print(f"[yellow]The editor {editor!r} did not finish well ({error}); your text is as before.[/]")
        return text
    finally:
        path.unlink(missing_ok=True)


_RATINGS = {"1": Rating.AGAIN, "2": Rating.HARD, "3": Rating.GOOD, "4": Rating.EASY}


def _afterwards(ws: Workspace, shown: Result, *, more: bool) -> None:
    """Model answer, follow-up, appeals, rating, again: until the person goes on."""
    while True:
        answer = out.input(_menu(shown, more)).strip().lower()
        attempt_id = shown.record.attempt.id
        try:
            if answer == "" or (answer == "n" and more):
                return
            if answer == "q":
                raise _QuitError
            if answer == "m":
                _model_answer(ws, shown)
            elif answer == "f" and shown.follow_up is not None:
                _follow_up(ws, shown, shown.follow_up)
            elif answer == "r":
                shown = _ask(ws, shown.question)
            elif answer in _RATINGS:
                override(ws, attempt_id, _RATINGS[answer])
                shown = _again(ws, shown)
            elif answer[:1] in ("c", "u") and answer[1:].strip().isdigit():
                _claim(ws, shown, int(answer[1:]), undo=answer[0] == "u")
                shown = _again(ws, shown)
            else:
                out.print(f"[yellow]{answer!r} is none of the choices.[/]")
        except BadInputError as error:
            out.print(f"[yellow]{error}[/]")


def _menu(shown: Result, more: bool) -> str:
    parts = ["", "[bold]Enter[/] next" if more else "[bold]Enter[/] done", "[bold]m[/] model answer"]
    if shown.follow_up is not None:
        parts.append("[bold]f[/] follow-up")
    if any(r.kind is not VerdictKind.MET for r in shown.criteria):
        parts.append("[bold]c N[/] I did say N ([bold]u N[/] undo)")
    parts += ["[bold]1-4[/] rate again/hard/good/easy", "[bold]r[/] answer again", "[bold]q[/] quit"]
    return "  ".join(parts).strip() + "\n[cyan]»[/] "


def _again(ws: Workspace, shown: Result) -> Result:
    fresh = result(ws, shown.record.attempt.id)
    result_view(out, fresh)
    return fresh


def _claim(ws: Workspace, shown: Result, number: int, *, undo: bool) -> None:
    if not 1 <= number <= len(shown.criteria):
        raise BadInputError(f"there is no criterion {number}; choose 1 to {len(shown.criteria)}")
    (withdraw if undo else appeal)(ws, shown.record.attempt.id, shown.criteria[number - 1].criterion.id)


def _model_answer(ws: Workspace, shown: Result) -> None:
    question = shown.question
    out.print(Panel(Markdown(question.model_answer), title="a strong answer", border_style="green", padding=(1, 2)))
    out.print(Markdown(f"**Why it is asked.** {question.why}"))
    sources = ws.library.bank.concept(question.id.concept).sources
    for key in question.sources:
        if key in sources:
            out.print(
                f"  {sources[key].title}, {sources[key].at}. {sources[key].url}", style="bright_black", markup=False
            )


def _follow_up(ws: Workspace, shown: Result, follow_up: FollowUp) -> None:
    out.print(Panel(Markdown(follow_up.ask), title="follow-up", border_style="magenta"))
    text = out.input("[magenta]›[/] ").strip()
    if not text:
        return
    record = submit(
        ws,
        Answer(
            str(shown.question.id), text, ws.new_id(), WRITER, follow_up=follow_up.id, parent=shown.record.attempt.id
        ),
    )
    result_view(out, result(ws, record.attempt.id))
    out.print(Panel(Markdown(follow_up.answer), title="what one wants to hear", border_style="green"))
