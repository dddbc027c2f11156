"""The template environment: autoescaping always on, undefined names are errors, Markdown through one filter."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from vivavoce import __version__
from vivavoce.domain.concept import Concept
from vivavoce.domain.estimate import numbers_text
from vivavoce.domain.figure import lesson_parts
from vivavoce.domain.question import Question
from vivavoce.services import markup
from vivavoce.services.lab_words import OUTCOME_WORDS, STATE_WORDS
from vivavoce.surfaces.web import (
    charts,
    exhibits,
    figures,
    lab_views,
    map_drawing,
    source,
    wording,
    wording_code,
    wording_labs,
)
from vivavoce.surfaces.web.assets import Assets


def environment(assets: Assets) -> Environment:
    """Compiled once per process."""
    env = Environment(
        loader=PackageLoader("vivavoce.surfaces.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters |= {
        "md": _block,
        "md_line": lambda text: Markup(markup.line(text)),  # noqa: S704  # raw HTML is off in the bank's Markdown
        "md_title": lambda text: Markup(markup.title(text)),  # noqa: S704
        "plain": markup.plain,
        "number": wording.number,
        "drawn_numbers": numbers_text,
        "minutes": wording.minutes,
        "kind_words": wording.kind,
        "level_words": wording.level,
        "role_words": wording.role,
        "cite": wording.cite,
        "iso": _iso,
        "mark_id": lambda name: f"!{name}",
        "anchor": lambda mark: mark.replace("!", "not-"),
        "anchor_of": _anchor_of,
        "visible": source.visible,
        "lines_linked": source.lines_linked,
        "duration": wording_code.duration,
        "index_words": wording_code.index,
        "drawn": exhibits.drawn,
        "drawn_figure": figures.drawn_figure,
        "lesson_parts": lesson_parts,
        "standing_words": map_drawing.standing_words,
        "lab_seconds": wording_labs.seconds,
        "lab_settings": lab_views.settings_words,
        "day": wording_labs.day,
        "path": lambda text: quote(str(text), safe="/"),
    }
    env.globals |= {
        "assets": assets,
        "version": __version__,
        "VERDICTS": wording.VERDICTS,
        "RATINGS": wording.RATINGS,
        "FLAGS": wording.FLAGS,
        "when": wording.when,
        "ago": wording.ago,
        "short_day": wording.short_day,
        "stack": charts.stack,
        "score_bar": charts.score_bar,
        "activity": charts.activity,
        "question_url": question_url,
        "OUTCOMES": wording_code.OUTCOMES,
        "ADVICE": wording_code.ADVICE,
        "FRAMEWORKS": wording_code.FRAMEWORKS,
        "STATES": wording_code.STATES,
        "tally": wording_code.tally,
        "LAB_OUTCOMES": OUTCOME_WORDS,
        "LAB_STATES": STATE_WORDS,
        "LAB_SIGNS": wording_labs.SIGNS,
        "lab_url": lab_views.lab_url,
    }
    return env


def question_url(question: Question) -> str:
    return f"/questions/{question.id}"


def _block(text: str, concept: Concept | None = None, base: str = "") -> Markup:
    """Markdown; the marks of `concept`'s claims lead to labs, or to its sources on the page `base`."""
    marks = markup.claim_marks(concept, base) if concept else ()
    return Markup(markup.block(text, marks))  # noqa: S704  # raw HTML is off in the bank's Markdown


def _anchor_of(mark: str) -> str:
    """The id of what a mark in an answer belongs to."""
    return f"misconception-{mark[1:]}" if mark.startswith("!") else f"criterion-{mark}"


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
