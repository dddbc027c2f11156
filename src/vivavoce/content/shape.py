"""Check a file's value against its model, and say what is wrong in words an author can act on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from rapidfuzz import process

from vivavoce.content.diagnostic import did_you_mean, listed
from vivavoce.content.files import PackReader
from vivavoce.content.yaml_text import Parsed

Model = TypeVar("Model", bound=BaseModel)

_TYPES = {
    "string_type": "a text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
}


def validate(model: type[Model], parsed: Parsed, reader: PackReader, path: Any) -> Model | None:
    """The value as `model`, or None after reporting everything that is wrong with it (code C001)."""
    try:
        return model.model_validate(parsed.value)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            # Which of two forms a value has (`x` as a list or as a range) is no step that an author wrote.
            details["loc"] = tuple(step for step in details["loc"] if step not in ("[list]", "[other]"))
            message, remedy = explain(model, details)
            keys = tuple(step for step in details["loc"] if step != "[key]")
            reader.report("C001", path, parsed.marks.at(*keys), message, remedy)
        return None


def explain(model: type[BaseModel], details: ErrorDetails) -> tuple[str, str]:
    """Message and remedy of one of pydantic's errors."""
    kind, loc, found = details["type"], details["loc"], details["input"]
    name, parent = place(loc), loc[:-1]
    context: Mapping[str, Any] = details.get("ctx", {})
    if not loc:
        return (
            f"found {_shown(found)} where keys with values belong",
            "Begin the file with a key, such as `kind: explain`.",
        )
    if loc[-1] == "[key]" and kind == "literal_error":
        allowed = _allowed(context)
        guess = did_you_mean(_close(str(found), allowed))
        return f'unknown key "{loc[-2]}" in {place(loc[:-2])}', f"{guess} Allowed: {', '.join(allowed)}.".strip()
    if loc[-1] == "[key]":
        return f'"{loc[-2]}" cannot be a key here', f"Use {_key_form(str(context.get('expected', '')))}."
    if kind == "extra_forbidden":
        allowed = _keys_of(model, parent)
        guess = did_you_mean(_close(str(loc[-1]), allowed))
        where = f" in {place(parent)}" if parent else ""
        return f'unknown key "{loc[-1]}"{where}', guess or f"Allowed here: {', '.join(allowed)}."
    if kind == "missing" and isinstance(loc[-1], int):
        return f"{place(parent)} is {_shown(found)}, which is too few", "Complete it."
    if kind == "missing":
        where = f" in {place(parent)}" if parent else ""
        return f'the key "{loc[-1]}" is missing{where}', _described(model, parent, str(loc[-1]))
    if kind in ("literal_error", "enum"):
        allowed = _allowed(context)
        guess = did_you_mean(_close(str(found), allowed))
        return f"{name} is {_shown(found)}", f"{guess} Allowed: {', '.join(allowed)}.".strip()
    if kind == "string_too_short":
        return f"{name} is empty", "Write it, or remove the key if it is optional."
    if kind == "string_pattern_mismatch":
        return f"{name} is {_shown(found)}", f"Use {_key_form(str(context.get('pattern', '')))}."
    if kind in ("too_short", "missing_argument"):
        return f"{name} is empty", "Add at least one."
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"{name} is {_shown(found)}", f"{details['msg'].replace('Input should be', 'It must be')}."
    if kind in _TYPES:
        return f"{name} is {_shown(found)}", f"It must be {_TYPES[kind]}{_hint(kind, found)}."
    return f"{name}: {details['msg'][:1].lower()}{details['msg'][1:]}", f"Found {_shown(found)}."


def place(loc: tuple[int | str, ...]) -> str:
    """`rubric.product.points`, `samples[3].voice` (counted from 1, as people do)."""
    text = ""
    for step in loc:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def _allowed(context: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(part.strip().strip("'") for part in str(context["expected"]).replace(" or ", ", ").split(","))


def _hint(kind: str, found: object) -> str:
    if kind == "string_type" and isinstance(found, bool | int | float):
        return "; put it in quotes"
    if kind == "tuple_type" and isinstance(found, str):
        return (
            f", such as [{found}]"
            if "\n" not in found and len(found) < 40
            else ", each on a line that begins with `- `"
        )
    return ""


def _shown(found: object) -> str:
    if isinstance(found, Mapping):
        return f"keys with values ({listed([str(k) for k in list(found)[:3]])})" if found else "empty"
    if isinstance(found, list):
        return f"a list of {len(found)}"
    if found is None:
        return "empty"
    if isinstance(found, bool):
        return str(found).lower()
    text = str(found)
    short = text if len(text) <= 40 else text[:37] + "..."
    return f'"{short}"' if isinstance(found, str) else short


def _key_form(pattern: str) -> str:
    if "http" in pattern:
        return "an address that begins with https:// or http://"
    return "lower-case letters, digits and single hyphens, such as small-factor"


def _close(found: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name, _, _ in process.extract(found.lower(), allowed, limit=2, score_cutoff=70))


def _keys_of(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[str, ...]:
    inner = _model_at(model, loc)
    return tuple(field.alias or name for name, field in inner.model_fields.items()) if inner else ()


def _described(model: type[BaseModel], loc: tuple[int | str, ...], key: str) -> str:
    inner = _model_at(model, loc)
    fields = inner.model_fields.items() if inner else ()
    description = next((field.description for name, field in fields if key in (name, field.alias)), None)
    return f"Add it: {description[:1].lower()}{description[1:]}" if description else "Add it."


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    here: Any = model
    for step in loc:
        if isinstance(here, type) and issubclass(here, BaseModel):
            field = here.model_fields.get(str(step))
            here = field.annotation if field else None
        else:
            # A list or a mapping: the model is its last argument, `tuple[Model, ...]` or `dict[Slug, Model]`.
            inner = [arg for arg in get_args(here) if isinstance(arg, type) and issubclass(arg, BaseModel)]
            here = inner[-1] if inner else None
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None
