"""The fields of a lab: the constants at the top of its file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from vivavoce.content.schema import Model, Slug, Text
from vivavoce.domain.lab import LOOKS
from vivavoce.domain.question import Status

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class MeasureFile(Model):
    """One number that is taken of each arm."""

    says: Text = Field(description="What it is, as the label of an axis.")
    unit: str = Field(default="", description="Unit, such as %, s or nats; empty for a plain number.")
    log: bool = Field(default=False, description="Compared by ratio instead of by difference.")
    yes_no: bool = Field(default=False, description="1 or 0 for each seed: shares are compared.")
    timing: bool = Field(default=False, description="A time, or a ratio of times: it may differ for one seed.")
    better: Annotated[str, StringConstraints(pattern="^(higher|lower|)$")] = Field(
        default="", description="higher, lower, or empty where neither is good."
    )


class ParameterFile(Model):
    """Something that the reader may change: a number in a range, or one of a few words."""

    says: Text = Field(description="What it is.")
    default: float | str = Field(description="The value that the recorded result has.")
    low: float | None = Field(default=None, description="Least value.")
    high: float | None = Field(default=None, description="Greatest value.")
    unit: str = Field(default="", description="Unit, such as pixels.")
    choices: tuple[Text, ...] = Field(default=(), description="The words, where it is one.")

    @model_validator(mode="after")
    def _range(self) -> ParameterFile:
        if isinstance(self.default, str):
            if self.default not in self.choices:
                raise ValueError(f"the default {self.default!r} must be one of choices")
        elif self.low is None or self.high is None or not self.low <= self.default <= self.high:
            raise ValueError("a number needs low and high with low <= default <= high")
        return self


class LabClaimFile(Model):
    """One falsifiable sentence with its test."""

    says: Text = Field(description="The sentence that is tested.")
    test: Text = Field(description="`measure: arm > other-arm + margin`; also < and ==.")
    check: Text | None = Field(default=None, description="A test that must hold for this one to mean anything.")
    conditions: tuple[Text, ...] = Field(default=(), description="Where it is tested; left out is everywhere.")


class LabFile(Model):
    """The constants of a lab's file, in capitals there."""

    question: Text = Field(description="The first line of the docstring.")
    method: Text = Field(description="The rest of the docstring: what is done, and what would change the outcome.")
    arms: dict[Slug, Text] = Field(min_length=1, description="Arm to what it is.")
    measures: dict[Slug, MeasureFile] = Field(min_length=1, description="Measure to what it is.")
    claims: dict[Slug, LabClaimFile] = Field(min_length=1, description="Claim to its test.")
    conditions: tuple[Text, ...] = Field(default=(), description="Settings in which every arm is measured.")
    axis: str = Field(default="", description="What differs between the conditions, with its unit.")
    parameters: dict[Identifier, ParameterFile] = Field(default={}, description="What the reader may change.")
    seeds: int = Field(default=LOOKS[0], ge=2, le=64, description="Seeds of the first look.")
    batch: int = Field(default=1, ge=1, le=64, description="Seeds trained together by measure_batch.")
    budget_s: float = Field(default=20.0, gt=0, le=90, description="Wall seconds of the first look on two cores.")
    sources: tuple[Slug, ...] = Field(default=(), description="Keys of the concept's sources.")
    status: Status = Field(default=Status.READY, description="A draft is not listed; a retired one stays.")
