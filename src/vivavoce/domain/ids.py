"""Item ids: `concept/item`, written nowhere but in the folder and file names of the bank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from vivavoce.domain.errors import InvalidIdError

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, order=True, slots=True)
class ItemId:
    """The address of an item: its concept's folder and its own name."""

    concept: str
    name: str

    @classmethod
    def parse(cls, text: str) -> ItemId:
        """`"dropout/why-scale"` to an id. Raises `InvalidIdError`."""
        concept, slash, name = text.strip().partition("/")
        if not slash or not SLUG.fullmatch(concept) or not SLUG.fullmatch(name):
            raise InvalidIdError(
                f"{text!r} is no item id; an id is concept/item in lower case, such as dropout/why-scale"
            )
        return cls(concept, name)

    def __str__(self) -> str:
        return f"{self.concept}/{self.name}"


_LAB_REF = re.compile(rf"(?:({SLUG.pattern})/)?([a-z0-9]+(?:[-_][a-z0-9]+)*)(?:#({SLUG.pattern}))?")


@dataclass(frozen=True, order=True, slots=True)
class LabRef:
    """One claim of one lab."""

    lab: ItemId
    claim: str

    @classmethod
    def parse(cls, text: str, concept: str, claim: str) -> LabRef:
        """`[concept/]lab[#claim]`; what is left out is the concept and claim given. Raises `InvalidIdError`."""
        match = _LAB_REF.fullmatch(text.strip())
        if not match:
            raise InvalidIdError(f"{text!r} names no lab; write lab-name, lab-name#claim or concept/lab-name#claim")
        return cls(ItemId(match[1] or concept, match[2].replace("_", "-")), match[3] or claim)

    def __str__(self) -> str:
        return f"{self.lab}#{self.claim}"
