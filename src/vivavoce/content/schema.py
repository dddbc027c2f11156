"""The fields of each content file. Also printed as JSON Schema into `content/schema/` for editors.

Only shape is checked here (keys, types, taxonomy). What makes an item *good* is checked by `vivavoce.content.lint`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from vivavoce.domain.lab import Outcome
from vivavoce.domain.question import Kind, Level, Status

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
LabName = Annotated[
    str, StringConstraints(pattern=r"^([a-z0-9]+(-[a-z0-9]+)*/)?[a-z0-9]+([-_][a-z0-9]+)*(#[a-z0-9]+(-[a-z0-9]+)*)?$")
]

Area = Literal[
    "foundations",
    "training",
    "regularization",
    "evaluation",
    "vision",
    "sequences",
    "generative",
    "advanced",
    "trust",
    "production",
]
Role = Literal["ml-engineer", "research-engineer", "research-scientist", "applied-scientist", "data-scientist"]
Voice = Literal[
    # voices of answers that may meet criteria
    "plain",
    "terse",
    "rambling",
    "second-language",
    "typos",
    "textbook",
    "analogy",
    "formula",
    # voices of answers that miss
    "name-dropping",
    "neighbour",
    "negation",
    "swapped",
    "half",
    "nonsense",
    "question-repeated",
    "misconception",
]


class Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceFile(Model):
    """A primary source and the place in it."""

    title: Text = Field(description="Author, year and title, as one would cite it.")
    url: Text = Field(pattern=r"^https?://", description="Where to open it.")
    at: Text = Field(description="Section, equation, figure: the place that says it.")


class ClaimFile(Model):
    """One sentence that can be false, with its evidence."""

    says: Text = Field(description="The sentence.")
    sources: tuple[str, ...] = Field(default=(), description="Keys of this concept's sources.")
    lab: LabName | None = Field(default=None, description="The claim of a lab that tests it: lab-name[#claim].")


class ConceptFile(Model):
    """The front matter of `concept.md`."""

    title: Text = Field(description="As in a table of contents.")
    area: Area = Field(description="The room of the bank that it belongs to.")
    level: Level = Field(description="The author's hardness.")
    summary: Text = Field(description="One sentence: what the idea is.")
    status: Status = Field(default=Status.READY, description="A draft has no lesson yet and is a home for its items.")
    prerequisites: tuple[Slug, ...] = Field(default=(), description="Concept ids that come before.")
    claims: dict[Slug, ClaimFile] = Field(default={}, description="Claim id to claim.")
    sources: dict[Slug, SourceFile] = Field(default={}, description="Source key to source.")


SaidBy = Literal["interview-guide", "textbook", "course", "blog", "paper", "documentation", "folklore"]


class DisputeFile(Model):
    """A sentence that is often said, and the bank's ruling on it."""

    says: Text = Field(description="The sentence, as it is commonly said.")
    said_by: tuple[SaidBy, ...] = Field(min_length=1, description="Kinds of source that say it.")
    ruling: Outcome = Field(description="supported, refuted, depends or inconclusive; a lab's recorded outcome.")
    lab: LabName | None = Field(default=None, description="The lab that rules on it: lab-name[#claim].")
    supports: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources that speak for it.")
    opposes: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources that speak against it.")
    instead: Text = Field(description="What is true, in one sentence.")
    interview: Text = Field(description="What to say when it comes up: a paragraph of 50 to 150 words.")


class DisputedFile(Model):
    """`disputed.yaml`: the disputed sentences of a concept."""

    disputed: dict[Slug, DisputeFile] = Field(min_length=1, description="Id to disputed sentence.")


class BindingFile(Model):
    """Which predicates belong to an entity (`right`) and which belong to its rival (`wrong`)."""

    about: tuple[Text, ...] = Field(min_length=1, description="Names the entity goes by: [l1, lasso].")
    right: tuple[Text, ...] = Field(default=(), description="Words that are true of it: [exact zeros, sparse].")
    wrong: tuple[Text, ...] = Field(default=(), description="Words that are true of its rival: [never exactly zero].")


class CriterionFile(Model):
    """One observable statement of a rubric."""

    points: int = Field(ge=1, le=10, description="What it is worth; 1-3 as a rule.")
    must_have: bool = Field(default=False, description="Without it the question counts as not passed.")
    criterion: Text = Field(description="The statement, written as what a good answer says.")
    missing: Text = Field(description="What an interviewer says when it was left out. Never gives the answer away.")
    paraphrases: tuple[Text, ...] = Field(default=(), description="At least 3: one terse, one colloquial, one far.")
    parts: dict[Slug, Text] = Field(default={}, description="Sub-statements, all needed; some covered is 'partly'.")
    bindings: tuple[BindingFile, ...] = Field(
        default=(), description="Who has which property, where it can be swapped."
    )
    forms: tuple[Text, ...] = Field(default=(), description="Accepted spellings of a number or formula.")


class MisconceptionFile(Model):
    """A false belief that answers show, and what is true instead."""

    statement: Text = Field(description="The false belief, as its holder would put it.")
    correction: Text = Field(description="What is true instead, in 1-3 sentences.")
    contradicts: tuple[Slug, ...] = Field(default=(), description="Criteria that its holder cannot meet.")
    samples: tuple[Text, ...] = Field(default=(), description="At least 3 sentences of people who hold it.")
    lab: LabName | None = Field(default=None, description="The claim of a lab that contradicts it: lab-name[#claim].")


class FollowUpFile(Model):
    """What is asked next."""

    when: Slug = Field(description="The criterion whose absence triggers it, or all-met.")
    ask: Text = Field(description="The question, as an interviewer would say it.")
    answer: Text = Field(description="What one wants to hear, in one or two sentences.")
    criterion: Text | None = Field(default=None, description="Only for all-met: the statement it is graded by.")
    paraphrases: tuple[Text, ...] = Field(default=(), description="Only for all-met: at least 3 of that statement.")


class SampleFile(Model):
    """An answer with the criteria it meets. A criterion that is listed nowhere is missed."""

    answer: Text = Field(description="As a person says or types it.")
    voice: Voice = Field(description="How it is said, or how it misses.")
    meets: tuple[Slug, ...] = Field(default=(), description="Criteria that its words really say.")
    partly: tuple[Slug, ...] = Field(default=(), description="Criteria of which it has some parts.")
    contradicts: tuple[Slug, ...] = Field(default=(), description="Criteria of which it says the opposite.")
    holds: tuple[Slug, ...] = Field(default=(), description="Misconceptions that it shows.")


class QuestionFile(Model):
    """One file of `questions/`."""

    kind: Kind = Field(description="What it asks its reader to do.")
    level: Level = Field(description="The author's hardness.")
    minutes: float = Field(gt=0, le=60, description="Expected time to answer aloud.")
    status: Status = Field(default=Status.READY, description="A draft is not asked; a retired one stays for histories.")
    prompt: Text = Field(description="As an interviewer would say it. Markdown, $maths$.")
    figure: Slug | None = Field(default=None, description="A figure of the concept that stands below the prompt.")
    why: Text = Field(description="Why it is asked, and what separates a weak from a strong answer.")
    rubric: dict[Slug, CriterionFile] = Field(min_length=1, description="Criterion id to criterion.")
    misconceptions: dict[Slug, MisconceptionFile] = Field(default={}, description="Misconception id to misconception.")
    model_answer: Text = Field(description="What a strong candidate says: 120-250 words; [claim: id] marks a claim.")
    short_answer: Text = Field(description="One paragraph: 30-100 words.")
    follow_ups: tuple[FollowUpFile, ...] = Field(default=(), description="What is asked next, by what was left out.")
    likelihood: dict[Role, Annotated[float, Field(ge=0, le=1)]] = Field(
        default={}, description="Chance of being asked in an interview loop, by role: an estimate."
    )
    sources: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources.")
    samples: tuple[SampleFile, ...] = Field(default=(), description="Answers with the criteria they meet.")


class PackFile(Model):
    """`pack.yaml` at the root of a pack."""

    name: Slug = Field(description="Unique among packs.")
    title: Text = Field(description="What people call it.")
    version: Text = Field(description='In quotes, such as "1.0".')
    licence: Text = Field(description="SPDX identifier, such as CC-BY-4.0.")
    description: Text = Field(description="One sentence: what it is about.")
