"""The fields of a question whose numbers are drawn: one file of `questions/` that has `numbers`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from vivavoce.content.schema import FollowUpFile, Model, Role, Slug, Text
from vivavoce.domain.question import Level, Status

UnitName = Literal[
    "",
    "parameters",
    "weights",
    "values",
    "units",
    "pixels",
    "positions",
    "tokens",
    "iterations",
    "examples",
    "FLOPs",
    "multiply-adds",
    "bits",
    "bytes",
    "nats",
    "seconds",
]

NumberName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
DrawnNumber = Annotated[int | float, Field(gt=0)]


class StepFile(Model):
    """One number on the way to the result."""

    says: Text = Field(description="What it is and how one gets it, without the number: it is written behind.")
    value: Text = Field(description="Arithmetic of the numbers and of earlier steps: (one_filter + 1)*c_out.")
    unit: UnitName = Field(default="", description="What it is counted in; empty for a pure number.")
    points: int = Field(ge=1, le=5, description="What it is worth.")
    within: float = Field(
        default=0.01,
        ge=0,
        le=0.2,
        description="Relative distance that still counts; 0 where only the number itself does.",
    )


class SlipFile(Model):
    """A number that people get instead, recognised by its value."""

    value: Text = Field(description="Arithmetic that gives it, in the unit of the result.")
    says: Text = Field(description="What was done: one sentence.")
    instead: Text = Field(description="What is right instead, in one to three sentences.")


class EstimateFile(Model):
    """One file of `questions/` whose numbers are drawn anew for each attempt."""

    kind: Literal["estimate"] = Field(description="estimate.")
    level: Level = Field(description="The author's hardness.")
    minutes: float = Field(gt=0, le=60, description="Expected time to answer aloud.")
    status: Status = Field(default=Status.READY, description="A draft is not asked; a retired one stays for histories.")
    prompt: Text = Field(description="As an interviewer would say it; [[name]] puts a number in.")
    why: Text = Field(description="Why it is asked, and what separates a weak from a strong answer.")
    numbers: dict[NumberName, Annotated[tuple[DrawnNumber, ...], Field(min_length=1)]] = Field(
        min_length=1, description="Name to the numbers that it is drawn from."
    )
    only_when: str = Field(
        default="", description="Arithmetic; a combination for which it is not above 0 is not drawn."
    )
    steps: dict[Slug, StepFile] = Field(min_length=1, description="Step id to step, in order; the last is the result.")
    slips: dict[Slug, SlipFile] = Field(default={}, description="Slip id to slip.")
    model_answer: Text = Field(description="What a strong candidate says: 120-250 words; [[result]] puts a step in.")
    short_answer: Text = Field(description="One paragraph: 30-100 words.")
    follow_ups: tuple[FollowUpFile, ...] = Field(default=(), description="What is asked next, by the step left out.")
    likelihood: dict[Role, Annotated[float, Field(ge=0, le=1)]] = Field(
        default={}, description="Chance of being asked in an interview loop, by role: an estimate."
    )
    sources: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources.")


def draws_numbers(value: object) -> bool:
    """Whether a question's file is one of these."""
    return isinstance(value, dict) and ("numbers" in value or "steps" in value)
