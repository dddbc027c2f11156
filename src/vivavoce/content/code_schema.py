"""The fields of exercises and cases, beside those of questions in `schema`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from vivavoce.content.schema import (
    CriterionFile,
    FollowUpFile,
    MisconceptionFile,
    Model,
    Role,
    SampleFile,
    Slug,
    Text,
)
from vivavoce.domain.question import Level, Status

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$")]


class LimitsFile(Model):
    """What one submission may use."""

    cpu_s: float = Field(default=4.0, ge=0.5, le=60, description="Processor seconds for one call.")
    memory_mib: int = Field(default=512, ge=64, le=4096, description="Above the interpreter and the framework.")


class ChoiceFile(Model):
    """One of several standard definitions."""

    says: Text = Field(description="The definition, in a sentence.")
    used_by: Text = Field(description="Who uses it: a paper, a library.")


class ReplaceFile(Model):
    """One exact replacement in the reference."""

    find: str = Field(min_length=1, description="Text that stands exactly once in the reference; indentation is free.")
    put: str = Field(description="What stands there instead.")


class MistakeFile(Model):
    """A planted wrong implementation: the reference with one mistake."""

    says: Text = Field(description="What the code does wrong, said to a person whose code does the same.")
    replace: tuple[ReplaceFile, ...] = Field(default=(), description="Replacements that make it from the reference.")
    code: str = Field(default="", description="Or the whole code.")

    @model_validator(mode="after")
    def _one_of_both(self) -> MistakeFile:
        if bool(self.replace) == bool(self.code):
            raise ValueError("give either `replace` or `code`")
        return self


class MistakesFile(Model):
    """`mistakes.yaml` beside a reference."""

    mistakes: dict[Slug, MistakeFile] = Field(min_length=1, description="Mistake id to mistake.")


class ExerciseFile(Model):
    """`exercise.yaml` in a folder of `exercises/`."""

    title: Text = Field(description="As in a table of contents.")
    level: Level = Field(description="The author's hardness.")
    minutes: float = Field(gt=0, le=120, description="Expected time in an interview.")
    status: Status = Field(default=Status.READY, description="A draft is shown as such; a retired one is kept.")
    statement: Text = Field(description="What to write: names, shapes, conventions, an example. Markdown, $maths$.")
    why: Text = Field(description="Why it is asked, and what separates a weak from a strong solution.")
    hints: tuple[Text, ...] = Field(min_length=2, max_length=5, description="From a nudge to nearly everything.")
    explanation: Text = Field(description="How the reference works and what people get wrong. Markdown, $maths$.")
    limits: LimitsFile = Field(default=LimitsFile(), description="Only when the defaults do not fit.")
    conventions: dict[Slug, dict[Slug, ChoiceFile]] = Field(
        default={}, description="Convention to its choices, all accepted and named in the report."
    )
    bans: dict[str, Text] = Field(default={}, description="Dotted name that is not allowed, to the reason.")
    may_change: tuple[Name, ...] = Field(default=(), description="Parameters that may be changed in place.")
    sources: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources.")


class ProbeFile(Model):
    """A look inside the run that can be bought."""

    title: Text = Field(description="Its name: gradient norm of each layer.")
    says: Text = Field(description="What it will show, without giving the answer away.")
    cost: int = Field(ge=1, le=30, description="Points of the hundred that a case is worth.")


class DiagnosisFile(Model):
    """The question of a case: what is wrong, and why does it show like this?"""

    prompt: Text = Field(description="What is asked, as an interviewer would say it.")
    why: Text = Field(description="Why it is asked, and what separates a weak from a strong answer.")
    minutes: float = Field(default=5, gt=0, le=60, description="Expected time to answer aloud.")
    rubric: dict[Slug, CriterionFile] = Field(min_length=1, description="Criterion id to criterion.")
    misconceptions: dict[Slug, MisconceptionFile] = Field(default={}, description="Misconception id to misconception.")
    model_answer: Text = Field(description="What a strong candidate says.")
    short_answer: Text = Field(description="One paragraph.")
    follow_ups: tuple[FollowUpFile, ...] = Field(default=(), description="What is asked next, by what was left out.")
    likelihood: dict[Role, Annotated[float, Field(ge=0, le=1)]] = Field(default={}, description="As in a question.")
    samples: tuple[SampleFile, ...] = Field(default=(), description="Answers with the criteria they meet.")


class CaseFile(Model):
    """`case.yaml` in a folder of `cases/`."""

    title: Text = Field(description="The symptom, as a colleague would report it. Never the cause.")
    level: Level = Field(description="The author's hardness.")
    minutes: float = Field(gt=0, le=120, description="Expected time in an interview.")
    status: Status = Field(default=Status.READY, description="A draft is shown as such; a retired one is kept.")
    framework: Literal["numpy", "torch"] = Field(description="What the script is written in.")
    story: Text = Field(description="What happened, what was expected, what the script is for. Markdown.")
    task: Text = Field(description="What the fixed script must do and keep: names, signatures, what is not to change.")
    diagnosis: DiagnosisFile = Field(description="The question about the cause, with its rubric.")
    probes: dict[Slug, ProbeFile] = Field(default={}, description="Probe id (function probe_<id> of tests.py) to it.")
    hints: tuple[Text, ...] = Field(min_length=1, max_length=5, description="From a nudge to nearly everything.")
    explanation: Text = Field(description="The cause, how it shows, how to find it in general. Markdown.")
    limits: LimitsFile = Field(default=LimitsFile(cpu_s=10), description="Only when the defaults do not fit.")
    sources: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources.")
