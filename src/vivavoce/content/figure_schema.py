"""The fields of `figures/<name>.yaml`, one model per kind, beside those of questions in `schema`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, RootModel, Tag

from vivavoce.content.schema import Model, Slug, Text
from vivavoce.domain.exhibit import Shape, Tone

Number = Annotated[float, Field(allow_inf_nan=False)]
FigureKind = Literal["diagram", "curves", "bars", "matrix", "points"]

MAX_POINTS = 400
"""Of one line: a page is 460 units wide."""


def _alternative(value: Any) -> str:
    """Which of two forms a value has, as a name that messages leave out."""
    return "[list]" if isinstance(value, list | tuple) else "[other]"


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class FigureFile(Model):
    """What every figure has."""

    kind: FigureKind = Field(description="What is drawn.")
    title: Text = Field(description="Names what is to be seen; never the answer to a question about it.")
    caption: Text = Field(description="One or two sentences below it. Markdown, $maths$.")
    alt: Text = Field(description="What it shows, in words, for those who cannot see it.")


class BoxFile(Model):
    """A box of a diagram."""

    at: tuple[Number, Number] = Field(description="[column, row] from [0, 0] at the top left; halves are allowed.")
    says: Text = Field(description="At most about 24 characters a line and 3 lines; longer lines are wrapped.")
    shape: Shape = Field(default=Shape.BOX, description="A border, a unit of a network, or words only.")
    tone: Tone = Field(default=Tone.NONE, description="What it stands out by.")


class ArrowFile(Model):
    """A straight line from one box to another; to the same box it is a loop."""

    source: Slug = Field(alias="from", description="Box id.")
    target: Slug = Field(alias="to", description="Box id.")
    says: str = Field(default="", description="A few words beside the line.")
    dashed: bool = Field(default=False, description="For what happens only sometimes, or only in training.")


class FrameFile(Model):
    """A frame around some boxes."""

    around: tuple[Slug, ...] = Field(min_length=1, description="Box ids.")
    says: str = Field(default="", description="What they are together.")


class DiagramFile(FigureFile):
    """Boxes on a grid with arrows."""

    kind: Literal["diagram"] = Field(description="What is drawn.")
    boxes: dict[Slug, BoxFile] = Field(min_length=1, description="Box id to box; at most 6 columns and 6 rows.")
    arrows: tuple[ArrowFile, ...] = Field(default=(), description="Lines between boxes.")
    frames: tuple[FrameFile, ...] = Field(default=(), description="Frames around boxes.")


class RangeFile(Model):
    """Numbers at equal distances."""

    start: Number = Field(alias="from", description="The first.")
    end: Number = Field(alias="to", description="The last.")
    points: int = Field(ge=2, le=MAX_POINTS, description="How many, both ends among them.")


XFile = Annotated[
    Annotated[RangeFile, Tag("[other]")]
    | Annotated[tuple[Number, ...], Field(min_length=2, max_length=MAX_POINTS), Tag("[list]")],
    Discriminator(_alternative),
]
LineFile = Annotated[
    Annotated[Text, BeforeValidator(_as_text), Tag("[other]")] | Annotated[tuple[Number | None, ...], Tag("[list]")],
    Discriminator(_alternative),
]


class CurvesFile(FigureFile):
    """Lines over a common axis."""

    kind: Literal["curves"] = Field(description="What is drawn.")
    x_label: Text = Field(description="What the x axis counts, with its unit.")
    y_label: Text = Field(description="What the y axis measures, with its unit.")
    log_y: bool = Field(default=False, description="Whether the y axis is logarithmic.")
    x: XFile = Field(description="A list of numbers, or {from, to, points}.")
    lines: dict[str, LineFile] = Field(
        min_length=1, max_length=6, description="Name to a list of numbers as long as x, or an expression in x."
    )


class BarsFile(FigureFile):
    """A value for each of a few names."""

    kind: Literal["bars"] = Field(description="What is drawn.")
    y_label: Text = Field(description="What is measured, with its unit.")
    log_y: bool = Field(default=False, description="Whether lengths are logarithmic.")
    values: dict[str, Number] = Field(min_length=1, max_length=24, description="Name to value.")


class MatrixFile(FigureFile):
    """A table of numbers with names on both sides."""

    kind: Literal["matrix"] = Field(description="What is drawn.")
    row_label: str = Field(default="", description="What a row is.")
    column_label: str = Field(default="", description="What a column is.")
    rows: tuple[Text, ...] = Field(min_length=1, max_length=24, description="Names of the rows.")
    columns: tuple[Text, ...] = Field(min_length=1, max_length=24, description="Names of the columns.")
    values: tuple[tuple[Number, ...], ...] = Field(min_length=1, description="Rows of numbers.")


class PointsFile(FigureFile):
    """Points of a few groups over two axes."""

    kind: Literal["points"] = Field(description="What is drawn.")
    x_label: Text = Field(description="What the x axis measures.")
    y_label: Text = Field(description="What the y axis measures.")
    groups: dict[str, tuple[tuple[Number, Number], ...]] = Field(
        min_length=1, max_length=6, description="Name of a group to its [x, y] pairs."
    )


FIGURE_KINDS: dict[str, type[FigureFile]] = {
    "diagram": DiagramFile,
    "curves": CurvesFile,
    "bars": BarsFile,
    "matrix": MatrixFile,
    "points": PointsFile,
}
"""Kind to its model."""


class FigureKindFile(BaseModel):
    """Only the kind, to say what is wrong with one that is missing or unknown."""

    model_config = ConfigDict(extra="ignore")

    kind: FigureKind = Field(description="What is drawn.")


class AnyFigureFile(
    RootModel[Annotated[DiagramFile | CurvesFile | BarsFile | MatrixFile | PointsFile, Field(discriminator="kind")],]
):
    """A figure of any kind, for editors."""
