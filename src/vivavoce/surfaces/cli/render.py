"""Questions and results as a terminal shows them."""

from __future__ import annotations

from rich.console import Console
from rich.markdown import Markdown
from rich.padding import Padding
from rich.panel import Panel
from rich.text import Text

from vivavoce.domain.attempt import VerdictKind
from vivavoce.domain.concept import Concept
from vivavoce.domain.question import Question
from vivavoce.services.result import CriterionResult, Result
from vivavoce.surfaces.cli.console import FLAG_WORDS, VERDICT_STYLE
from vivavoce.surfaces.cli.figures import figure_view

_BAR = 24


def question_header(console: Console, question: Question, concept: Concept) -> None:
    """The prompt in a box, with what kind of question it is, and the figure that it is about."""
    console.print(
        Panel(
            Markdown(question.prompt),
            title=f"[bold]{concept.title}[/]",
            subtitle=f"{question.level} · {question.kind} · about {question.minutes:g} min",
            border_style="cyan",
            padding=(1, 2),
        )
    )
    if question.figure in concept.figures:
        figure_view(console, concept.figures[question.figure])


def result_view(console: Console, result: Result) -> None:
    """Score, answer with its deciding words marked, verdicts, misconceptions."""
    console.print()
    console.print(score_line(result))
    for flagged in result.flags:
        console.print(Text(FLAG_WORDS[flagged.flag], style="yellow"))
    console.print(Padding(marked_answer(result), (1, 2)))
    if result.beside is not None:
        console.print(Text(result.beside.words, style="bold"))
    for n, row in enumerate(result.criteria, start=1):
        _criterion(console, n, row)
    for found in result.misconceptions:
        console.print(
            Text.assemble(("\n! ", "bold red"), (found.misconception.statement.strip(), "bold"), " is a common belief.")
        )
        for quote in found.quotes:
            console.print(Padding(Text(f"you said: “{_short(quote)}”", style="italic"), (0, 0, 0, 2)))
        console.print(Padding(Text(found.misconception.correction.strip()), (0, 0, 0, 2)))
        if found.misconception.lab is not None:
            shown = Text.assemble("See for yourself: ", (f"viva lab run {found.misconception.lab.lab}", "bold"))
            console.print(Padding(shown, (0, 0, 0, 2)))
    rating_view(console, result)


def rating_view(console: Console, result: Result) -> None:
    """How the attempt was rated and when the question comes back; nothing for one that moves no memory."""
    if result.rated is not None:
        due = result.rated.due.astimezone().strftime("%a %d %b %Y, %H:%M")
        console.print(Text.assemble("\nRated ", (result.rated.rating.value, "bold"), f"; comes back {due}."))


def counted(number: int, thing: str) -> str:
    """`1 answer`, `2 answers`."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


def score_line(result: Result) -> Text:
    """A bar and the score in words."""
    points = result.score
    total = points.total or 1
    full = round(_BAR * points.earned / total)
    claimed = round(_BAR * points.claimed / total)
    open_ = min(round(_BAR * points.open / total), _BAR - full - claimed)
    line = Text.assemble(
        ("█" * full, "green"),
        ("▓" * claimed, "magenta"),
        ("▒" * open_, "cyan"),
        ("░" * (_BAR - full - claimed - open_), "bright_black"),
        (f"  {points.earned:g} of {points.total} points", "bold"),
    )
    if points.claimed:
        line.append(f", {points.claimed:g} more claimed", "magenta")
    if points.open:
        line.append(f", {points.open:g} unsure", "cyan")
    if result.delta is not None:
        style = "green" if result.delta > 0 else "red" if result.delta < 0 else "bright_black"
        line.append(f"   {result.delta:+.0%} against last time", style)
    return line


def marked_answer(result: Result) -> Text:
    """The answer with the words that decided a criterion underlined and numbered."""
    numbers = {row.criterion.id: str(n) for n, row in enumerate(result.criteria, start=1)}
    kinds = {row.criterion.id: row.kind for row in result.criteria}
    text = Text()
    for i, segment in enumerate(result.segments):
        marks = [m for m in segment.marks if m in numbers]
        if not segment.marks:
            text.append(segment.text)
            continue
        style = VERDICT_STYLE[kinds[marks[0]]][1] if marks else "red"
        text.append(segment.text, f"underline {style}")
        following = result.segments[i + 1].marks if i + 1 < len(result.segments) else ()
        ending = [numbers[m] for m in marks if m not in following]
        if ending:
            text.append("[" + ",".join(ending) + "]", f"bold {style}")
    return text


def _criterion(console: Console, number: int, row: CriterionResult) -> None:
    mark, style = VERDICT_STYLE[row.kind]
    head = Text.assemble(
        (f"{mark} ", style),
        (f"{number}. ", "bold"),
        row.criterion.statement,
        (f"  {row.kind.value}", f"bold {style}"),
        (f" {row.points:g}/{row.criterion.points}", style),
    )
    if row.criterion.must_have:
        head.append("  must have", "bright_black")
    if row.claimed:
        head.append("  claimed", "bold magenta")
    if row.before is not None and row.before is not row.kind:
        head.append(f"  (was {row.before.value})", "bright_black")
    console.print(head)
    for quote in row.quotes:
        console.print(Padding(Text(f"“{_short(quote)}”", style=f"italic {style}"), (0, 0, 0, 5)))
    for part in row.missing_parts:
        console.print(Padding(Text(f"not said: {part}", style="yellow"), (0, 0, 0, 5)))
    if row.say and row.kind is not VerdictKind.MET:
        console.print(Padding(Text(row.say.strip()), (0, 0, 0, 5)))


def _short(quote: str, limit: int = 240) -> str:
    flat = " ".join(quote.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
