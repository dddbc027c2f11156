"""The options by which several commands choose questions, and what a shell completes them with."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from vivavoce.domain.errors import BadInputError, VivavoceError
from vivavoce.domain.question import Kind, Level
from vivavoce.services.browse import Filters, Standing
from vivavoce.services.library import Library
from vivavoce.services.workspace import open_library
from vivavoce.settings import ROLES, load_settings


def items(incomplete: str) -> list[str]:
    """Item ids that begin so."""
    library = _library()
    return [str(q) for q in library.bank.questions if str(q).startswith(incomplete)] if library else []


def code_items(incomplete: str) -> list[str]:
    """Ids of exercises and cases that begin so."""
    library = _library()
    both = [*library.bank.exercises, *library.bank.cases] if library else []
    return [str(item) for item in both if str(item).startswith(incomplete)]


def lab_items(incomplete: str) -> list[str]:
    """Ids of labs that begin so."""
    library = _library()
    return [str(item) for item in library.bank.labs if str(item).startswith(incomplete)] if library else []


def concepts(incomplete: str) -> list[str]:
    """Concept ids that begin so."""
    library = _library()
    return [c for c in library.bank.concepts if c.startswith(incomplete)] if library else []


def items_and_concepts(incomplete: str) -> list[str]:
    """Concept ids that begin so and, once there is a slash, item ids."""
    return items(incomplete) if "/" in incomplete else concepts(incomplete)


def _library() -> Library | None:
    try:
        return open_library(load_settings())
    except VivavoceError:
        return None  # the command itself will say why


CONCEPT: TypeAlias = Annotated[str, typer.Option(help="Only this concept.", autocompletion=concepts)]
AREA: TypeAlias = Annotated[str, typer.Option(help="Only this area.")]
LEVEL: TypeAlias = Annotated[Level | None, typer.Option(help=f"Only this level: {', '.join(Level)}.")]
KIND: TypeAlias = Annotated[Kind | None, typer.Option(help=f"Only this kind: {', '.join(Kind)}.")]
STANDING: TypeAlias = Annotated[
    Standing | None, typer.Option("--status", help=f"Only where you stand so: {', '.join(Standing)}.")
]
ROLE: TypeAlias = Annotated[str, typer.Option(help=f"Only what is likely to be asked for it: {', '.join(ROLES)}.")]
ITEM: TypeAlias = Annotated[
    str, typer.Argument(help="An item id, such as dropout/how-it-regularises.", autocompletion=items)
]


def chosen(
    library: Library,
    concept: str,
    area: str,
    level: Level | None,
    kind: Kind | None,
    standing: Standing | None,
    role: str = "",
) -> Filters:
    """The filters of these options. Raises `UnknownItemError` and `BadInputError` for what is not there."""
    bank = library.bank
    areas = sorted({c.area for c in bank.concepts.values()})
    if concept:
        concept = bank.concept(concept).id
    if area and area not in areas:
        raise BadInputError(f"no area {area!r}; it is one of {', '.join(areas)}")
    if role and role not in ROLES:
        raise BadInputError(f"no role {role!r}; it is one of {', '.join(ROLES)}")
    return Filters(concept, area, level or "", kind or "", standing or "", role)
