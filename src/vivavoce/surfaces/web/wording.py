"""The words of the pages: verdicts, flags, ratings, scores, dates. Honest first, kind second, short always."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from vivavoce.domain.attempt import Flag, Score, VerdictKind
from vivavoce.domain.concept import Source
from vivavoce.domain.review import Rating

VERDICTS = {
    VerdictKind.MET: "Met",
    VerdictKind.PARTLY: "Partly",
    VerdictKind.MISSED: "Missed",
    VerdictKind.CONTRADICTED: "Contradicted",
    VerdictKind.UNSURE: "Unsure",
}
RATINGS = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}
FLAGS = {
    Flag.EMPTY: "There was nothing to grade.",
    Flag.TOO_SHORT: "That is too short to show what you know. A sentence or two for each point is enough.",
    Flag.OFF_TOPIC: "This reads like an answer to another question.",
    Flag.COPIED_QUESTION: "Words taken from the question earn nothing, so they were left out of the grading.",
    Flag.KEYWORD_LIST: "A list of terms shows that you have heard them. Only statements about them were graded.",
    Flag.INSTRUCTION: "Instructions to the grader were ignored. What you said about the subject was graded.",
    Flag.DONT_KNOW: "You said that you do not know. That is an honest answer; read on, and it comes back soon.",
    Flag.NO_NUMBER: "There is no number in your answer, and a number is what was asked for.",
    Flag.NOT_ENGLISH: "This does not read like English, which is the only language graded so far.",
}
STANDINGS = {"new": "new", "due": "due", "weak": "weak", "learning": "learning", "strong": "strong"}
KINDS = {"read-the-plot": "read the plot", "spot-the-error": "spot the error", "rapid-fire": "rapid fire"}


def number(value: float) -> str:
    """`2`, `2.5`: no more digits than halves need."""
    return f"{value:.1f}".removesuffix(".0")


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, cut between words."""
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + "…"


def minutes(value: float) -> str:
    """`about 3 min`, never less than one; `about 2 h` from an hour and a half."""
    if value >= 90:
        return f"about {number(round(value / 30) / 2)} h"
    return f"about {max(1, round(value))} min"


def kind(value: str) -> str:
    return KINDS.get(value, value)


def role(value: str) -> str:
    """`ml-engineer` as people say it."""
    return value.replace("-", " ").replace("ml ", "ML ")


def level(value: str) -> str:
    return value.capitalize()


def score_words(score: Score, verdicts: Sequence[VerdictKind]) -> str:
    """What a score means, in a sentence that an interviewer could say, and the count behind it."""
    fraction = score.fraction_with_claims
    if fraction >= 0.93:
        judged = "Complete. An interviewer would go deeper from here."
    elif fraction >= 0.65:
        judged = "Solid, with something left out."
    elif fraction >= 0.4:
        judged = "Half of it is there."
    elif fraction > 0:
        judged = "A start. Most of it is still missing."
    else:
        judged = "Nothing of what this question asks for was found."
    counts = Counter(verdicts)
    said = [f"{counts[v]} {VERDICTS[v].lower()}" for v in VerdictKind if counts[v]]
    return f"{judged} {'One criterion' if len(verdicts) == 1 else f'Of {len(verdicts)} criteria'}: {', '.join(said)}."


def announce_score(score: Score) -> str:
    """For a screen reader after something changed."""
    text = f"Score {number(score.earned)} of {score.total}"
    if score.claimed:
        text += f", {number(score.claimed)} more claimed"
    return text


def when(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`now`, `in 10 min`, `today 18:30`, `tomorrow`, `in 5 days`, `on 23 Dec`: when something comes, for a person."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    if moment <= now:
        return "now"
    if moment - now < timedelta(minutes=60):
        return f"in {max(1, round((moment - now).total_seconds() / 60))} min"
    days = (local.date() - today.date()).days
    if days == 0:
        return f"today {local:%H:%M}"
    if days == 1:
        return "tomorrow"
    if days < 31:
        return f"in {days} days"
    return f"on {_date(local, today)}"


def ago(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`just now`, `5 min ago`, `today 10:42`, `yesterday 10:42`, `3 Nov 10:42`: when something was."""
    local, today = moment.astimezone(zone), now.astimezone(zone)
    passed = now - moment
    if timedelta(minutes=-1) < passed < timedelta(minutes=1):
        return "just now"
    if timedelta(0) < passed < timedelta(minutes=60):
        return f"{round(passed.total_seconds() / 60)} min ago"
    days = (today.date() - local.date()).days
    day = {0: "today", 1: "yesterday"}.get(days) or _date(local, today)
    return f"{day} {local:%H:%M}"


def short_day(moment: datetime, now: datetime, zone: tzinfo | None = None) -> str:
    """`10 min`, `today`, `tomorrow`, `5 days`, `23 Dec`: a date on a small button."""
    words = when(moment, now, zone)
    return words.removeprefix("in ").removeprefix("on ")


def cite(source: Source) -> str:
    """As one would cite it, with the place."""
    return f"{source.title}, {source.at}"


def _date(local: datetime, today: datetime) -> str:
    text = f"{local.day} {local:%b}"
    return text if local.year == today.year else f"{text} {local.year}"
