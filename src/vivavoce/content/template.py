"""New content files: valid from the start, so that the app shows them while they are being written.

Every `TODO` says what belongs there, and the lint rules say what is still missing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import get_args

from vivavoce.content.emit_schema import schemas
from vivavoce.content.estimate_template import ESTIMATE
from vivavoce.content.schema import Area
from vivavoce.domain.errors import BadInputError, InvalidIdError
from vivavoce.domain.ids import SLUG, ItemId
from vivavoce.domain.question import Kind, Level

_LEVELS = ", ".join(Level)
_KINDS = ", ".join(Kind)
_AREAS = ", ".join(get_args(Area))

Files = Mapping[PurePosixPath, str]
"""Path inside the pack to text."""


def make(pack: Path, name: str, *, estimate: bool = False) -> list[Path]:
    """Write what `name` needs into the folder `pack`; gives the new files.

    `concept/item` makes a question (with `estimate` one whose numbers are drawn), `concept` a concept. What they stand
    on (the concept, `pack.yaml`, the schema) is made as well where it is missing. Raises `InvalidIdError`, or
    `BadInputError` when what is named is already there.
    """
    concept, slash, _ = name.partition("/")
    if estimate and not slash:
        raise BadInputError(f"{name!r} names a concept; an estimate is named concept/item, such as cnn/parameters")
    wanted = new_question(ItemId.parse(name), estimate=estimate) if slash else new_concept(name)
    for target in wanted:
        if (pack / target).exists():
            raise BadInputError(f"{pack / target} is already there; choose another name, or edit it")
    grounds: dict[PurePosixPath, str] = {}
    if not (pack / "pack.yaml").exists():
        grounds |= new_pack(_slug_of(pack.resolve().name))
    if slash:
        grounds |= new_concept(concept)
    return write_files(pack, {**{p: t for p, t in grounds.items() if not (pack / p).exists()}, **wanted})


def new_pack(name: str, title: str = "") -> Files:
    """A pack without concepts, with the schema that editors use."""
    text = (
        f"name: {_slug(name, 'pack')}\n"
        f"title: {_quoted(title or _title(name))}\n"
        'version: "0.1.0"\n'
        "licence: CC-BY-4.0\n"
        'description: "TODO: what the pack is about, in one sentence."\n'
    )
    return {
        PurePosixPath("pack.yaml"): text,
        PurePosixPath("concepts/.gitkeep"): "",
        **{PurePosixPath("schema", name): schema for name, schema in schemas().items()},
    }


def new_concept(concept: str, title: str = "") -> Files:
    """`concept.md` of a concept. Raises `InvalidIdError`."""
    text = _CONCEPT.replace("<title>", _quoted(title or _title(_slug(concept, "concept"))))
    return {PurePosixPath("concepts", concept, "concept.md"): text}


def new_question(item: ItemId, *, estimate: bool = False) -> Files:
    """One question of a concept, a draft."""
    text = ESTIMATE if estimate else _QUESTION
    return {PurePosixPath("concepts", item.concept, "questions", f"{item.name}.yaml"): text}


def write_files(pack: Path, files: Files) -> list[Path]:
    """Write new files into a pack; gives their paths. Raises `BadInputError`, and writes nothing, if one is there."""
    targets = {pack / path: text for path, text in files.items()}
    for path in targets:
        if path.exists():
            raise BadInputError(f"{path} is already there; choose another name, or edit it")
    for path, text in targets.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    return list(targets)


def _slug(name: str, kind: str) -> str:
    if not SLUG.fullmatch(name):
        raise InvalidIdError(
            f"{name!r} cannot be the id of a {kind}; "
            "use lower-case letters, digits and single hyphens, such as batch-normalization"
        )
    return name


def _slug_of(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-") or "my-pack"


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


_CONCEPT = f"""\
---
title: <title>
area: foundations # {_AREAS}
level: basic # {_LEVELS}
summary: "TODO: one sentence, what the idea is."
prerequisites: [] # ids of concepts that come before
claims:
  first-claim: # each claim is one sentence that can be false, with its evidence
    says: "TODO: a sentence that can be false."
    sources: [a-paper]
sources:
  a-paper:
    title: "TODO: author (year), title"
    url: "https://example.org/TODO"
    at: "TODO: section, equation or figure that says it"
---
TODO: the lesson, 180 to 600 words that teach the idea, with formulas such as $x^2$. Mark each claim at the
sentence that makes it [claim: first-claim]. Add a figure: a file in figures/, and a line with its mark.
"""

_QUESTION = f"""\
# yaml-language-server: $schema=../../../schema/question.json
kind: explain # {_KINDS}
level: basic # {_LEVELS}
minutes: 3
status: draft # remove this line when the question is done
prompt: >
  TODO: the question as an interviewer would say it
why: >
  TODO: why it is asked, and what separates a weak from a strong answer
rubric:
  first-point: # the id of a criterion never changes its meaning: a new meaning is a new id
    points: 2
    must_have: true
    criterion: "TODO: one observable statement, written as what a good answer says"
    missing: "TODO: what an interviewer says when it was left out, without giving it away"
    paraphrases:
      - "TODO: the whole statement, terse"
      - "TODO: the whole statement as somebody says it"
      - "TODO: the whole statement in other vocabulary"
    # parts: two or three separable parts, where one can have half of it
    #   one: ...
    #   other: ...
    # bindings: where roles can be swapped
    #   - about: [names the entity goes by]
    #     right: [short phrases that are true of it]
    #     wrong: [short phrases that are true of its rival]
    # forms: accepted spellings of a number, such as ["1/4", "0.25"]
  second-point:
    points: 2
    criterion: "TODO: a second statement, distinct from the first"
    missing: "TODO: a hint at the second statement"
    paraphrases:
      - "TODO: the second statement, terse"
      - "TODO: the second statement as somebody says it"
      - "TODO: the second statement in other vocabulary"
  third-point:
    points: 1
    criterion: "TODO: a third statement, distinct from the others"
    missing: "TODO: a hint at the third statement"
    paraphrases:
      - "TODO: the third statement, terse"
      - "TODO: the third statement as somebody says it"
      - "TODO: the third statement in other vocabulary"
misconceptions:
  false-belief:
    statement: "TODO: the false belief, as its holder would put it"
    correction: "TODO: what is true instead, in one to three sentences"
    contradicts: [first-point] # criteria that its holder cannot meet
    samples:
      - "TODO: a sentence of somebody who believes it"
      - "TODO: another person's sentence"
      - "TODO: a third person's sentence"
model_answer: >
  TODO: what a strong candidate says aloud, 110 to 270 words, every criterion in it
short_answer: >
  TODO: the same in one paragraph of 30 to 100 words
follow_ups:
  - when: first-point
    ask: "TODO: what you would ask when the first point was left out"
    answer: "TODO: what you want to hear, in one or two sentences"
  - when: second-point
    ask: "TODO: what you would ask when the second point was left out"
    answer: "TODO: what you want to hear, in one or two sentences"
  - when: all-met
    ask: "TODO: a question that goes deeper"
    answer: "TODO: what you want to hear, in one or two sentences"
    criterion: "TODO: the statement that the deeper answer is graded by"
    paraphrases:
      - "TODO: the deeper statement, terse"
      - "TODO: the deeper statement as somebody says it"
      - "TODO: the deeper statement in other vocabulary"
likelihood: {{}} # chance of being asked, 0 to 1, for each role
sources: [] # keys of the sources in concept.md
samples: # 14 or more answers: at least 4 meet each criterion, at least 4 miss it, in 8 voices
  - voice: plain
    answer: "TODO: an answer that meets everything"
    meets: [first-point, second-point, third-point]
  - voice: half
    answer: "TODO: an answer that meets some of it"
    meets: [first-point]
  - voice: misconception
    answer: "TODO: an answer of somebody who believes the false thing"
    contradicts: [first-point]
    holds: [false-belief]
"""
